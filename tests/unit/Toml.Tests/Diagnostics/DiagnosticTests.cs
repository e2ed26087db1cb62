using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Values;

namespace Codex.Toml.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("model = \"a\nx = 1", "1:11", "the string has no end, expected \"", DiagnosticCode.UnterminatedString)]
    [InlineData("a = \"\"\"x\ny\n", "3:1", "the string has no end, expected \"\"\"", DiagnosticCode.UnterminatedString)]
    [InlineData("a = 'C:\\dir", "1:12", "the string has no end, expected '", DiagnosticCode.UnterminatedString)]
    [InlineData("p = \"C:\\dir\"", "1:8", "unknown escape \\d", DiagnosticCode.BadEscape)]
    [InlineData("p = \"\\ud800\"", "1:6", "\\ud800 names no Unicode character", DiagnosticCode.BadEscape)]
    [InlineData("p = \"\\u12\"", "1:6", "\\u12 names no Unicode character", DiagnosticCode.BadEscape)]
    [InlineData("a = \"x\u0001\"", "1:7", "control character U+0001 in a string", DiagnosticCode.ControlCharacter)]
    [InlineData("a = 1 # \u0000", "1:9", "control character U+0000 in a comment", DiagnosticCode.ControlCharacter)]
    [InlineData("a = 1\rb = 2", "1:6", "a carriage return without a line feed ends no line", DiagnosticCode.ControlCharacter)]
    [InlineData("\r\r\n", "1:1", "a carriage return without a line feed ends no line", DiagnosticCode.ControlCharacter)]
    [InlineData("model = \"a\"\nmodel = \"b\"", "2:1", "duplicate key \"model\" (first at 1:1)", DiagnosticCode.DuplicateKey)]
    [InlineData("a.b = 1\n\"a\" . 'b' = 2", "2:7", "duplicate key \"a.b\" (first at 1:1)", DiagnosticCode.DuplicateKey)]
    [InlineData("[a]\n[b]\n[ \"a\" ]", "3:3", "duplicate table \"a\" (first at 1:2)", DiagnosticCode.DuplicateTable)]
    [InlineData("a.b = 1\n[a]", "2:2", "duplicate table \"a\" (first at 1:1)", DiagnosticCode.DuplicateTable)]
    [InlineData("[a]\n[[a]]", "2:3", "duplicate table \"a\" (first at 1:2)", DiagnosticCode.DuplicateTable)]
    [InlineData("a = []\n[[a]]", "2:3", "duplicate key \"a\" (first at 1:1)", DiagnosticCode.DuplicateKey)]
    [InlineData("a = 1\na.b = 2", "2:1", "\"a\" is a value, not a table (first at 1:1)", DiagnosticCode.NotATable)]
    [InlineData("a = {}\n[a.b]", "2:2", "\"a\" is an inline table and cannot be extended (first at 1:1)", DiagnosticCode.NotATable)]
    [InlineData("[a.b]\n[a]\nb.c = 1", "3:1", "\"b\" is defined elsewhere and cannot be extended by a dotted key (first at 1:2)", DiagnosticCode.NotATable)]
    [InlineData("a = [1]\na.b = 2", "2:1", "\"a\" is an array, not a table (first at 1:1)", DiagnosticCode.NotATable)]
    [InlineData("a 1", "1:3", "expected '=' after the key", DiagnosticCode.ExpectedEquals)]
    [InlineData("= 1", "1:1", "expected a key", DiagnosticCode.BadKey)]
    [InlineData("\u00e9 = 1", "1:1", "'\u00e9' cannot stand in a key without quotes", DiagnosticCode.BadKey)]
    [InlineData("\"\"\"a\"\"\" = 1", "1:1", "a key cannot be a multi-line string", DiagnosticCode.BadKey)]
    [InlineData("a = ", "1:5", "expected a value", DiagnosticCode.BadValue)]
    [InlineData("a = yes", "1:5", "'yes' is no value", DiagnosticCode.BadValue)]
    [InlineData("a = True", "1:5", "'True' is no value", DiagnosticCode.BadValue)]
    [InlineData("a = 01", "1:5", "'01' is no number", DiagnosticCode.BadNumber)]
    [InlineData("a = 1.", "1:5", "'1.' is no number", DiagnosticCode.BadNumber)]
    [InlineData("a = 9223372036854775808", "1:5", "integer does not fit into 64 bits", DiagnosticCode.NumberOutOfRange)]
    [InlineData("a = 2023-02-29", "1:5", "'2023-02-29' is no date or time", DiagnosticCode.BadDateTime)]
    [InlineData("a = 1 b = 2", "1:7", "expected the end of the line", DiagnosticCode.ExpectedLineEnd)]
    [InlineData("a = [1 2]", "1:8", "expected ',' or ']' in the array", DiagnosticCode.BadArray)]
    [InlineData("a = [1,\n", "2:1", "the array has no ']'", DiagnosticCode.BadArray)]
    [InlineData("a = { b = 1 c = 2 }", "1:13", "expected ',' or '}' in the inline table", DiagnosticCode.BadInlineTable)]
    [InlineData("[a", "1:3", "expected ']' at the end of the header", DiagnosticCode.BadHeader)]
    [InlineData("[[a]", "1:4", "expected ']]' at the end of the header", DiagnosticCode.BadHeader)]
    [InlineData("\uFEFFa = x", "1:6", "'x' is no value", DiagnosticCode.BadValue)]
    [InlineData("\"\U0001F600\" = x", "1:7", "'x' is no value", DiagnosticCode.BadValue)]
    public void A_fault_is_told_with_its_place(string text, string position, string message, DiagnosticCode code)
    {
        var diagnostic = TomlDocument.Parse(text).Diagnostics.ShouldHaveSingleItem();

        diagnostic.ToString().ShouldBe($"{position}: {message}");
        diagnostic.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("a = {\n}", "1:6", "a line end inside an inline table needs TOML 1.1")]
    [InlineData("a = { b = 1, }", "1:14", "a comma before '}' needs TOML 1.1")]
    [InlineData("a = \"\\e\"", "1:6", "the escape \\e needs TOML 1.1")]
    [InlineData("a = \"\\x41\"", "1:6", "the escape \\x41 needs TOML 1.1")]
    [InlineData("a = 07:32", "1:5", "a time without seconds needs TOML 1.1")]
    public void What_came_with_TOML_1_1_is_refused_by_name_in_1_0(string text, string position, string message)
    {
        TomlDocument.Parse(text).IsValid.ShouldBeTrue();
        var diagnostic = TomlDocument.Parse(text, new() { Version = TomlVersion.V1_0 }).Diagnostics.ShouldHaveSingleItem();

        diagnostic.ToString().ShouldBe($"{position}: {message}");
        diagnostic.Code.ShouldBe(DiagnosticCode.NeedsNewerVersion);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC3, 0xA9, 0xFF }, 4, "2:2: byte 0xFF at offset 4 is not UTF-8")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0, "1:1: byte 0xED at offset 0 is not UTF-8")]
    [InlineData(new byte[] { (byte)'#', 0xC3 }, 1, "1:2: byte 0xC3 at offset 1 is not UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, 0, "1:1: byte 0xFF at offset 0 is not UTF-8")]
    public void The_first_byte_that_is_not_UTF_8_is_told(byte[] bytes, int offset, string told)
    {
        var diagnostic = TomlDocument.Parse(bytes).Diagnostics.ShouldHaveSingleItem();

        diagnostic.ToString().ShouldBe(told);
        (diagnostic.Offset, diagnostic.Code).ShouldBe((offset, DiagnosticCode.NotUtf8));
    }

    [Fact]
    public void Tolerant_reading_tells_every_fault_and_reads_the_rest()
    {
        const string Text = """
            a = yes
            b = 1
            b = 2
            c = [
              1 2,
              "x",
              { d = 1 },
            ]
            e = "open
            [t]
            f = 01
            g = "kept"
            [t]
            h = 1
            """;
        var document = TomlDocument.Parse(Text, new() { Tolerant = true });

        document.Diagnostics.Select(d => d.Position.ToString()).ShouldBe(["1:5", "3:1", "5:5", "9:10", "11:5", "13:2"]);
        document.Root.Children.Keys.ShouldBe(["b", "t"]);
        document.Find(TomlPath.Of("t", "g")).ShouldNotBeNull().ToValue().ShouldBe(new TomlValue.String("kept"));
    }

    [Fact]
    public void Tolerant_reading_stops_at_the_most_faults_allowed()
    {
        var text = string.Concat(Enumerable.Repeat("x = \n", 1000));

        TomlDocument.Parse(text, new() { Tolerant = true }).Diagnostics.Count.ShouldBe(50);
        TomlDocument.Parse(text, new() { Tolerant = true, MaxDiagnostics = 7 }).Diagnostics.Count.ShouldBe(7);
    }

    [Fact]
    public void A_text_that_is_too_large_is_not_read()
    {
        var text = Encoding.UTF8.GetBytes("a = 1\n");

        TomlDocument.Parse(text, new() { MaxBytes = 6 }).IsValid.ShouldBeTrue();
        var document = TomlDocument.Parse(text, new() { MaxBytes = 5 });
        document.Diagnostics.ShouldHaveSingleItem().ToString().ShouldBe("1:1: the text has 6 bytes, more than the 5 allowed");
        document.Root.Children.ShouldBeEmpty();
        TomlDocument.Parse(new byte[(4 * 1024 * 1024) + 1]).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(DiagnosticCode.TooLarge);
    }
}
