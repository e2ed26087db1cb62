using Codex.Toml.Tests.Generators;
using FsCheck.Fluent;

namespace Codex.Toml.Tests.Syntax;

public sealed class TokenTests
{
    [Theory]
    [InlineData("\uFEFFa.\"b\" = 3.14 # c\r\n", "ByteOrderMark Atom Dot BasicString Whitespace Equal Whitespace Atom Dot Atom Whitespace Comment NewLine")]
    [InlineData("[[x]]\n{ , }\t'y'", "LeftBracket LeftBracket Atom RightBracket RightBracket NewLine LeftBrace Whitespace Comma Whitespace RightBrace Whitespace LiteralString")]
    [InlineData("\"\"\"\"a\"\"\"\"\"x'''b'''''", "MultiLineBasicString Atom MultiLineLiteralString")]
    [InlineData("\"\"'''\n", "BasicString MultiLineLiteralString!")]
    [InlineData("\"a\\\"\n'b\n\"\"\"c", "BasicString! NewLine LiteralString! NewLine MultiLineBasicString!")]
    [InlineData("a\rb", "Atom StrayCarriageReturn Atom")]
    public void A_text_is_cut_into_tokens(string text, string kinds) =>
        string.Join(' ', TomlDocument.Parse(text).Tokens().Select(t => t.Kind + (t.IsTerminated ? "" : "!"))).ShouldBe(kinds);

    [Fact]
    public void The_tokens_of_any_bytes_joined_are_the_bytes() =>
        Prop.ForAll(
            Gen.Elements("\"", "'", "\"\"\"", "'''", "\\", "\r", "\n", "#", "[", "]", "{", "}", ".", ",", "=", " ", "a", "1", "\uFEFF", "é", "\0").ListOf().ToArbitrary(),
            pieces =>
            {
                var document = TomlDocument.Parse(string.Concat(pieces), new() { Tolerant = true });
                document.Tokens().SelectMany(t => document.Bytes.Slice(t.Start, t.Span.Length).ToArray()).ShouldBe(document.Bytes.ToArray());
            }).ShouldHold(2000);
}
