using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using static Codex.Toml.Tests.Editing.Edits;

namespace Codex.Toml.Tests.Editing;

public sealed class RenameKeyTests
{
    [Theory]
    [InlineData("x  = 1 # c\n", "x", "\"new name\"  = 1 # c\n")]
    [InlineData("[ a . \"x\" ] # c\n[a.'x'.b]\n[[a.x.c]]\n", "a.x", "[ a . \"new name\" ] # c\n[a.\"new name\".b]\n[[a.\"new name\".c]]\n")]
    [InlineData("a.x.b = 1\nm = 1\na.x.c = 2\n", "a.x", "a.\"new name\".b = 1\nm = 1\na.\"new name\".c = 2\n")]
    [InlineData("a = { x.b = 1, x.c = { x = 2 } }\n", "a.x", "a = { \"new name\".b = 1, \"new name\".c = { x = 2 } }\n")]
    [InlineData("[[x]]\n[x.y]\n[[x]]\n", "x", "[[\"new name\"]]\n[\"new name\".y]\n[[\"new name\"]]\n")]
    [InlineData("a = [{ x = 1 }]\n[x]\n", "x", "a = [{ x = 1 }]\n[\"new name\"]\n")]
    public void A_key_is_renamed_wherever_it_is_written(string before, string path, string after)
    {
        var plan = Plan(before, Rename(path, "new name"));

        plan.Apply(undo: false).ShouldBe(after);
        plan.Apply(undo: true).ShouldBe(before);
    }

    [Fact]
    public void The_same_name_changes_nothing() => Plan("'x' = 1\n", Rename("x", "x")).IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData("y", DiagnosticCode.DuplicateKey)]
    [InlineData("z", DiagnosticCode.NoSuchPath)]
    public void A_name_that_is_taken_and_a_key_that_is_not_there_are_refused(string name, DiagnosticCode code) =>
        TomlEditor.Plan(TomlDocument.Parse("x = 1\ny = 2\n"), Rename(name == "y" ? "x" : name, name == "y" ? "y" : "w"))
            .ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(code);
}
