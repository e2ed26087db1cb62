using Codex.Toml.Diagnostics;
using Codex.Toml.Editing;
using Codex.Toml.Values;
using static Codex.Toml.Tests.Editing.Edits;

namespace Codex.Toml.Tests.Editing;

/// <summary>Where a value goes. Every case is also taken back byte by byte.</summary>
public sealed class SetValueTests
{
    public static TheoryData<string, string, string, string> Replaced => new()
    {
        { "spacing, quotes and comment stay", "  \"a\"\t =  'old'   # c\r\n", "a", "  \"a\"\t =  \"v\"   # c\r\n" },
        { "a dotted line keeps its place", "a.x = 1\nm = 2\na.y = 3\n", "a.y", "a.x = 1\nm = 2\na.y = \"v\"\n" },
        { "inside braces", "a = { b = 1, c = { d = 2 } } # c\n", "a.c.d", "a = { b = 1, c = { d = \"v\" } } # c\n" },
        { "a value on several lines", "a = [\n  1, # one\n]\nb = 1", "a", "a = \"v\"\nb = 1" },
        { "a multi-line string with a header inside", "a = '''\n[x]\nb = 1'''\n[x]\nb = 2\n", "x.b", "a = '''\n[x]\nb = 1'''\n[x]\nb = \"v\"\n" },
    };

    public static TheoryData<string, string, string, string> Added => new()
    {
        { "to an empty text", "", "k", "k = \"v\"\n" },
        { "to a byte order mark alone", "\uFEFF", "k", "\uFEFFk = \"v\"\n" },
        { "behind the last root key", "a = 1\nb = [\n 2,\n]\n[t]\nc = 1\n", "k", "a = 1\nb = [\n 2,\n]\nk = \"v\"\n[t]\nc = 1\n" },
        { "without a final newline", "a = 1", "k", "a = 1\nk = \"v\"" },
        { "with the line end of most lines", "a = 1\r\nb = 2\r\n# x\n", "k", "a = 1\r\nb = 2\r\nk = \"v\"\r\n# x\n" },
        { "with the indentation of its neighbour", "[t]\n  a = 1\n", "t.k", "[t]\n  a = 1\n  k = \"v\"\n" },
        { "below a banner, above a header's own comment", "# banner\n\n# about t\n[t]\n", "k", "# banner\n\nk = \"v\"\n\n# about t\n[t]\n" },
        { "below a schema line and a mode line", "#:schema x\n# vim: ft=toml\n# about t\n[t]\n", "k", "#:schema x\n# vim: ft=toml\nk = \"v\"\n\n# about t\n[t]\n" },
        { "behind a byte order mark, above the first header", "\uFEFF[t]\n", "k", "\uFEFFk = \"v\"\n\n[t]\n" },
        { "below comments without a final newline", "# only", "k", "# only\n\nk = \"v\"" },
        { "in a table that has none", "[t]\n\n[u]\n", "t.k", "[t]\nk = \"v\"\n\n[u]\n" },
        { "in a table of dotted keys", "a . \"b\" . c = 1\nm = 1\n", "a.b.k", "a . \"b\" . c = 1\na . \"b\".k = \"v\"\nm = 1\n" },
        { "deeper in a table of dotted keys", "a.b = 1\n", "a.x.k", "a.b = 1\na.x.k = \"v\"\n" },
        { "in a table that only a longer header names", "# about\n[ a . \"b\" . c ]\n", "a.b.k", "[a . \"b\"]\nk = \"v\"\n\n# about\n[ a . \"b\" . c ]\n" },
        { "in a table that is not there", "a = 1\n", "x.y.k", "a = 1\n\n[x.y]\nk = \"v\"\n" },
        { "in a table below one that is there", "[x]\na = 1\n[z]\n", "x.y.k", "[x]\na = 1\n\n[x.y]\nk = \"v\"\n\n[z]\n" },
        { "in empty braces", "a = {}\n", "a.k", "a = { k = \"v\" }\n" },
        { "in braces", "a = { b = 1 } # c\n", "a.k", "a = { b = 1, k = \"v\" } # c\n" },
        { "in braces with a last comma", "a = { b = 1, }\n", "a.k", "a = { b = 1, k = \"v\", }\n" },
        { "in braces, behind what is dotted there", "a = { b.c = 1, d = 2 }\n", "a.b.k", "a = { b.c = 1, b.k = \"v\", d = 2 }\n" },
        { "in braces, deeper", "a = { b = 1 }\n", "a.x.k", "a = { b = 1, x = { k = \"v\" } }\n" },
        { "on a line of its own in braces", "a = {\n\tb = 1, # one\n}\n", "a.k", "a = {\n\tb = 1, # one\n\tk = \"v\",\n}\n" },
        { "in braces on lines without a last comma", "a = {\n  b = 1 # one\n}\n", "a.k", "a = {\n  b = 1, # one\n  k = \"v\"\n}\n" },
        { "in empty braces on lines", "a = {\n  # none\n}\n", "a.k", "a = {\n  # none\n  k = \"v\",\n}\n" },
        { "with a key that needs quotes", "a = 1\n", "\"x y\"", "a = 1\n\"x y\" = \"v\"\n" },
    };

    [Theory]
    [MemberData(nameof(Replaced))]
    [MemberData(nameof(Added))]
    public void A_value_goes_where_its_table_is_written(string what, string before, string path, string after)
    {
        var plan = Plan(before, Set(path, "v"));

        plan.Apply(undo: false).ShouldBe(after, what);
        plan.Apply(undo: true).ShouldBe(before, what);
        plan.Difference.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_new_key_goes_behind_the_last_of_its_siblings()
    {
        const string Text = "b = 1\na = 1\nz = 1\n";

        After(Text, Set("k", "v", "a", "b")).ShouldBe("b = 1\na = 1\nk = \"v\"\nz = 1\n");
        After(Text, Set("k", "v", "b", "k2")).ShouldBe("b = 1\nk = \"v\"\na = 1\nz = 1\n");
        After("[t]\n" + Text, Set("t.k", "v", "a")).ShouldBe("[t]\nb = 1\na = 1\nk = \"v\"\nz = 1\n");
        After("t = { a = 1, z = 1 }", Set("t.k", "v", "a")).ShouldBe("t = { a = 1, k = \"v\", z = 1 }");
    }

    [Fact]
    public void An_element_of_an_array_of_tables_is_reached_by_its_number()
    {
        const string Text = "[[a]]\nx = 1\n[[a]]\nx = 2\n";
        var first = TomlPath.Of("a").Append(0);

        After(Text, new TomlEdit.SetValue(first.Append("x"), new TomlValue.Integer(5))).ShouldBe("[[a]]\nx = 5\n[[a]]\nx = 2\n");
        After(Text, new TomlEdit.SetValue(first.Append("k"), new TomlValue.Integer(5))).ShouldBe("[[a]]\nx = 1\nk = 5\n[[a]]\nx = 2\n");
        After(Text, new TomlEdit.SetValue(first.Append("t").Append("k"), new TomlValue.Integer(5))).ShouldBe("[[a]]\nx = 1\n\n[a.t]\nk = 5\n\n[[a]]\nx = 2\n");
    }

    [Theory]
    [InlineData("a = 'v'")]
    [InlineData("a = \"\\u0076\"")]
    [InlineData("a = '''\nv'''")]
    public void A_value_that_is_equal_in_other_words_stays(string text) => Plan(text, Set("a", "v")).IsEmpty.ShouldBeTrue();

    [Fact]
    public void A_value_can_be_written_as_it_was_typed()
    {
        var edit = new TomlEdit.SetValue(TomlPath.Of("a"), new TomlValue.Integer(255)) { Style = new ValueStyle.AsTyped("0xFF") };

        After("a = 1 # c\n", edit).ShouldBe("a = 0xFF # c\n");
        TomlEditor.Plan(TomlDocument.Parse("a = 1\n"), edit with { Style = new ValueStyle.AsTyped("0xFE") })
            .ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(DiagnosticCode.EditNotProven);
        TomlEditor.Plan(TomlDocument.Parse("a = 1\n"), edit with { Style = new ValueStyle.AsTyped("255\nb = 1") })
            .ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(DiagnosticCode.EditNotProven);
    }

    [Theory]
    [InlineData("[a]\n", "a", "1:1: \"a\" is a table with lines of its own and cannot be given a value")]
    [InlineData("x = 1\na.b = 1\n", "a", "2:1: \"a\" is a table with lines of its own and cannot be given a value")]
    [InlineData("a = 1\n", "a.b", "1:5: \"a\" is not a table")]
    [InlineData("\n[[a]]\n", "a.b", "2:1: \"a\" is not a table")]
    [InlineData("a = [1\n", "b", "2:1: the array has no ']'")]
    public void What_cannot_be_set_is_refused_with_its_place(string text, string path, string told) =>
        TomlEditor.Plan(TomlDocument.Parse(text), Set(path, "v")).ShouldBeOfType<EditPlanning.Refused>().Diagnostic.ToString().ShouldBe(told);

    [Fact]
    public void A_string_that_is_no_Unicode_is_refused() =>
        TomlEditor.Plan(TomlDocument.Parse(""), Set("a", "\ud800")).ShouldBeOfType<EditPlanning.Refused>().Diagnostic.Code.ShouldBe(DiagnosticCode.EditNotProven);
}
