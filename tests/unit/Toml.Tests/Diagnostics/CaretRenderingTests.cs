using Codex.Toml.Diagnostics;

namespace Codex.Toml.Tests.Diagnostics;

public sealed class CaretRenderingTests
{
    public static TheoryData<string, string> Faults => new()
    {
        {
            "model = \"a\"\nmodel = \"b\"\n",
            """
            config.toml:2:1: duplicate key "model" (first at 1:1)
             2 | model = "b"
               | ^^^^^
            hint: keep one of the two
            """
        },
        {
            "p = \"C:\\dir\"",
            """
            config.toml:1:8: unknown escape \d
             1 | p = "C:\dir"
               |        ^^
            hint: write \\ for a backslash, or put the text between single quotes: 'C:\dir'
            """
        },
        {
            "model = \"a\r\n",
            """
            config.toml:1:11: the string has no end, expected "
             1 | model = "a
               |           ^
            hint: it begins at 1:9
            """
        },
        {
            "\uFEFF\ta = \"é\u001b[31m\"",
            """
            config.toml:1:9: control character U+001B in a string
             1 |   a = "é␛[31m"
               |         ^
            hint: write \u001B in double quotes
            """
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_shown_in_its_line(string text, string shown)
    {
        var document = TomlDocument.Parse(text);

        document.Diagnostics[0].Render(document, "config.toml").ShouldBe(shown.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_long_line_is_cut_around_the_fault()
    {
        var document = TomlDocument.Parse($"a = \"{new string('x', 500)}\\q{new string('y', 500)}\"");
        var lines = document.Diagnostics[0].Render(document, "f").Split('\n');

        lines[0].ShouldBe("f:1:506: unknown escape \\q");
        lines[1].ShouldBe($" 1 | {new string('x', 60)}\\q{new string('y', 58)}");
        lines[2].ShouldBe($"   | {new string(' ', 60)}^^");
    }

    [Fact]
    public void A_fault_behind_the_last_line_has_no_line_to_show()
    {
        var document = TomlDocument.Parse("a = [\n");

        document.Diagnostics[0].Render(document, "f").ShouldBe("f:2:1: the array has no ']'\nhint: the array begins at 1:5");
    }
}
