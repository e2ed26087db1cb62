using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using static Codex.Toml.Tests.Editing.Edits;

namespace Codex.Toml.Tests.Editing;

public sealed class RemovalTests
{
    [Theory]
    [InlineData("a line with its comment; comments above stay", "# above\nx = 1 # c\ny = 2\n", "# above\ny = 2\n")]
    [InlineData("several lines", "x = [\n 1,\n]\ny = 2\n", "y = 2\n")]
    [InlineData("the last line without a final newline", "y = 2\nx = 1", "y = 2")]
    [InlineData("the blank line that parted it", "x = 1\n\n[t]\n", "[t]\n")]
    [InlineData("not the blank lines of others", "y = 1\nx = 1\n\n[t]\n", "y = 1\n\n[t]\n")]
    [InlineData("behind a byte order mark", "\uFEFFx = 1\ny = 2\n", "\uFEFFy = 2\n")]
    public void A_key_goes_with_its_lines(string what, string before, string after) => Removed(what, Remove("x"), before, after);

    [Theory]
    [InlineData("the only entry", "t = { x = 1 } # c\n", "t = {} # c\n")]
    [InlineData("the first", "t = { x = 1, y = 2 }\n", "t = { y = 2 }\n")]
    [InlineData("the last", "t = { y = 2, x = 1 }\n", "t = { y = 2 }\n")]
    [InlineData("the last with a comma", "t = { y = 2, x = 1, }\n", "t = { y = 2, }\n")]
    [InlineData("one in the middle", "t = { y = 2, x = 1, z = 3 }\n", "t = { y = 2, z = 3 }\n")]
    [InlineData("a line", "t = {\n  x = 1, # c\n  y = 2,\n}\n", "t = {\n  y = 2,\n}\n")]
    [InlineData("the last line without a comma", "t = {\n  y = 2, # y\n  x = 1 # c\n}\n", "t = {\n  y = 2 # y\n}\n")]
    [InlineData("on one line with the braces", "t = { y = 2, # y\n x = 1 }\n", "t = { y = 2 # y\n  }\n")]
    public void An_entry_goes_with_its_comma(string what, string before, string after) => Removed(what, Remove("t.x"), before, after);

    [Theory]
    [InlineData("a section at the end", "a = 1\n\n[x]\nb = 1\n", "a = 1\n")]
    [InlineData("without a final newline", "a = 1\n\n[x]\nb = 1", "a = 1")]
    [InlineData("a section in the middle; the next one's comments stay", "[a]\n\n[x]\nb = 1\n\n# about c\n[c]\n", "[a]\n\n# about c\n[c]\n")]
    [InlineData("right above the next one's comments", "[x]\nb = 1\n# about c\n[c]\n", "# about c\n[c]\n")]
    [InlineData("comments above its header stay", "# about x\n[x]\n[c]\n", "# about x\n[c]\n")]
    [InlineData("with its sub-tables and what is between", "[x]\nb = 1\n\n# inside\n[x.y]\n[[x.z]]\n[c]\n", "[c]\n")]
    [InlineData("wherever its sub-tables are", "[x.y]\na = 1\n\n[c]\n\n[x]\nb = 1\n\n[x.z]\n", "[c]\n")]
    [InlineData("an array of tables", "[[x]]\na = 1\n[[x]]\n[x.y]\n[c]\n", "[c]\n")]
    [InlineData("dotted lines", "x.a = 1\nm = 1\nx.b.c = 2\n[c]\n", "m = 1\n[c]\n")]
    [InlineData("dotted lines with blank lines between", "x.a = 1\n\nx.b = 1\n\n[c]\n", "[c]\n")]
    [InlineData("dotted lines and a section", "x.a = 1\nm = 1\n\n[x.b]\nc = 1\n", "m = 1\n")]
    [InlineData("braces", "x = { a = 1 }\nm = 1\n", "m = 1\n")]
    public void A_table_goes_with_everything_inside(string what, string before, string after) => Removed(what, RemoveTable("x"), before, after);

    [Fact]
    public void A_table_of_dotted_keys_in_braces_goes_entry_by_entry() =>
        After("t = { x.a = 1, y = 2, x.b = 3 }\n", RemoveTable("t.x")).ShouldBe("t = { y = 2 }\n");

    [Fact]
    public void One_element_of_an_array_of_tables_goes_alone()
    {
        const string Text = "[[x]]\na = 1\n\n[x.y]\n\n[[x]]\na = 2\n";

        After(Text, new TomlEdit.RemoveTable(TomlPath.Of("x").Append(0))).ShouldBe("[[x]]\na = 2\n");
        After(Text, new TomlEdit.RemoveTable(TomlPath.Of("x").Append(1))).ShouldBe("[[x]]\na = 1\n\n[x.y]\n");
    }

    [Fact]
    public void Comments_that_would_go_are_told()
    {
        var plan = Plan("# above\n[x] # header\na = 1 # a\n# inside\nb = 1\n# tail\n\n# about c\n[c]\n", RemoveTable("x"));

        plan.RemovedComments.Select(c => $"{c.Position} {c.Text}").ShouldBe(["2:5 # header", "3:7 # a", "4:1 # inside", "6:1 # tail"]);
        Plan("a = 1 # kept\n", Set("a", "v")).RemovedComments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a = 1\n", DiagnosticCode.NoSuchPath)]
    [InlineData("[x]\n", DiagnosticCode.EditNotPossible)]
    [InlineData("x.a = 1\n", DiagnosticCode.EditNotPossible)]
    public void A_key_that_cannot_be_removed_is_refused(string text, DiagnosticCode code) => Refused(text, Remove("x"), code);

    [Theory]
    [InlineData("a = 1\n", DiagnosticCode.NoSuchPath)]
    [InlineData("x = 1\n", DiagnosticCode.EditNotPossible)]
    [InlineData("x = [{}]\n", DiagnosticCode.EditNotPossible)]
    public void What_is_no_table_cannot_be_removed_as_one(string text, DiagnosticCode code) => Refused(text, RemoveTable("x"), code);

    private static void Removed(string what, TomlEdit edit, string before, string after)
    {
        var plan = Plan(before, edit);

        plan.Apply(undo: false).ShouldBe(after, what);
        plan.Apply(undo: true).ShouldBe(before, what);
    }

    private static void Refused(string text, TomlEdit edit, DiagnosticCode code) =>
        TomlEditor.Plan(TomlDocument.Parse(text), edit).ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(code);
}
