using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using Codex.Toml.Values;
using static Codex.Toml.Tests.Editing.Edits;

namespace Codex.Toml.Tests.Editing;

public sealed class EditPlanTests
{
    [Theory]
    [InlineData("b = 3", DiagnosticCode.EditNotProven)]
    [InlineData("b = 2\nc = 3", DiagnosticCode.EditNotProven)]
    [InlineData("b = [", DiagnosticCode.BadArray)]
    public void Splices_that_do_something_else_are_never_applied(string wrong, DiagnosticCode code)
    {
        var document = TomlDocument.Parse("a = 1\nb = 1\n");
        var honest = Plan(document, Set("b", new TomlValue.Integer(2)));
        var plan = new EditPlan(document, [new Splice(6, 5, System.Text.Encoding.UTF8.GetBytes(wrong), "fault")], honest.Difference);

        plan.Apply().ShouldBeOfType<EditResult.Refused>().Diagnostic.Code.ShouldBe(code);
        honest.Apply().ShouldBeOfType<EditResult.Applied>();
    }

    [Fact]
    public void A_splice_says_where_and_what_for()
    {
        var splice = Plan("a = 1\nb = 1 # c\n", Set("b", new TomlValue.Integer(2))).Splices.ShouldHaveSingleItem();

        (splice.Start, splice.Length, System.Text.Encoding.UTF8.GetString(splice.New.Span), splice.Reason).ShouldBe((10, 1, "2", "set b"));
    }

    [Fact]
    public void Edits_that_undo_each_other_leave_no_splice() =>
        Plan("a = 1\n", Set("a", "x"), Set("b", "y"), Rename("b", "c"), Remove("c"), Set("a", new TomlValue.Integer(1))).Splices.ShouldBeEmpty();

    [Fact]
    public void A_text_with_faults_is_not_edited() =>
        TomlEditor.Plan(TomlDocument.Parse("a = \nb = 1\n", new() { Tolerant = true }), Set("b", "x"))
            .ShouldBeOfType<EditPlanning.Refused>().Diagnostic.ToString().ShouldBe("1:5: expected a value");
}
