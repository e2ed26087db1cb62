using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using static Codex.Toml.Tests.Editing.Edits;

namespace Codex.Toml.Tests.Editing;

/// <summary>Where a table goes. Every case is also taken back byte by byte.</summary>
public sealed class AddTableTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "to an empty text", "", "[p.x]\nk = \"v\"\n" },
        { "behind blank lines", "\n\n", "\n\n[p.x]\nk = \"v\"\n" },
        { "at the end, a blank line between", "a = 1\n[t]\n", "a = 1\n[t]\n\n[p.x]\nk = \"v\"\n" },
        { "without a final newline", "a = 1", "a = 1\n\n[p.x]\nk = \"v\"" },
        { "with carriage returns", "a = 1\r\n", "a = 1\r\n\r\n[p.x]\r\nk = \"v\"\r\n" },
        { "behind its kin, with the comments right behind that", "[p.a]\nb = 1\n# tail\n\n[t]\n", "[p.a]\nb = 1\n# tail\n\n[p.x]\nk = \"v\"\n\n[t]\n" },
        { "above the comments of the next section", "[p.a]\nb = 1\n# about t\n[t]\n", "[p.a]\nb = 1\n\n[p.x]\nk = \"v\"\n\n# about t\n[t]\n" },
        { "behind the sub-tables of its kin", "[p.a]\n[p.a.b]\n[[p.a.c]]\nd = 1\n[t]\n", "[p.a]\n[p.a.b]\n[[p.a.c]]\nd = 1\n\n[p.x]\nk = \"v\"\n\n[t]\n" },
        { "at the end behind comments", "[t]\n\n# end\n", "[t]\n\n# end\n\n[p.x]\nk = \"v\"\n" },
        { "beside dotted keys", "p.a.b = 1\n[t]\n", "p.a.b = 1\n[t]\n\n[p.x]\nk = \"v\"\n" },
        { "above its own sub-table", "a = 1\n# about\n[p.x.y]\n", "a = 1\n[p.x]\nk = \"v\"\n\n# about\n[p.x.y]\n" },
        { "in braces", "p = { a = {} }\n", "p = { a = {}, x = { k = \"v\" } }\n" },
        { "in braces with dotted keys", "p = { \"\" = 1 }\n", "p = { \"\" = 1, x = { k = \"v\" } }\n" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_table_goes_where_its_kin_is(string what, string before, string after)
    {
        var plan = Plan(before, Add("p.x", ("k", "v")));

        plan.Apply(undo: false).ShouldBe(after, what);
        plan.Apply(undo: true).ShouldBe(before, what);
    }

    [Fact]
    public void A_table_can_be_asked_to_the_end_or_behind_other_kin()
    {
        const string Text = "[p.a]\n[q]\n[r]\n";
        var edit = (TomlEdit.AddTable)Add("p.x");

        After(Text, edit with { Placement = new TablePlacement.AtEnd() }).ShouldBe("[p.a]\n[q]\n[r]\n\n[p.x]\n");
        After(Text, edit with { Placement = new TablePlacement.AfterSections(TomlPath.Of("q")) }).ShouldBe("[p.a]\n[q]\n\n[p.x]\n\n[r]\n");
    }

    [Fact]
    public void A_table_of_an_element_stays_among_that_elements_sections()
    {
        const string After = "[[a]]\n\n[a.t]\n\n[[a]]\n[z]\n";
        var edit = new TomlEdit.AddTable(TomlPath.Of("a").Append(0).Append("t"), []);

        foreach (var placement in (TablePlacement?[])[null, new TablePlacement.AtEnd(), new TablePlacement.AfterSections(TomlPath.Of("z"))])
            Edits.After("[[a]]\n[[a]]\n[z]\n", edit with { Placement = placement }).ShouldBe(After);
    }

    [Fact]
    public void Dotted_keys_in_braces_take_a_table_beside_them() =>
        After("o = { p.a = 1, b = 2 }", Add("o.p.x", ("k", "v"))).ShouldBe("o = { p.a = 1, p.x = { k = \"v\" }, b = 2 }");

    [Theory]
    [InlineData("[p.x]\n", DiagnosticCode.DuplicateTable)]
    [InlineData("p.x.k = 1\n", DiagnosticCode.DuplicateTable)]
    [InlineData("[[p.x]]\n", DiagnosticCode.DuplicateTable)]
    [InlineData("p = 1\n", DiagnosticCode.NotATable)]
    [InlineData("p = []\n", DiagnosticCode.NotATable)]
    public void A_table_that_cannot_be_added_is_refused(string text, DiagnosticCode code) =>
        TomlEditor.Plan(TomlDocument.Parse(text), Add("p.x", ("k", "v"))).ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(code);

    [Theory]
    [InlineData("")]
    [InlineData("a = 1")]
    [InlineData("a = 1\n\n[t]\nb = 1\n")]
    [InlineData("[p.a]\nb = 1\n\n[t]\n")]
    [InlineData("p = {}\n")]
    [InlineData("p = { a = 1 }\n")]
    [InlineData("p = {\n  a = 1, # c\n}\n")]
    [InlineData("p = {\n  a = 1 # c\n}\n")]
    [InlineData("p.a = 1\r\n")]
    public void What_is_added_and_removed_again_leaves_no_byte(string text)
    {
        After(After(text, Add("p.x", ("k", "v"))), RemoveTable("p.x")).ShouldBe(text);
        Plan(text, Add("p.x", ("k", "v")), RemoveTable("p.x")).Splices.ShouldBeEmpty();
        After(After(text, Set("new", "v")), Remove("new")).ShouldBe(text);
    }
}
