using System.Text;
using Codex.Translation.Arguments;
using Codex.Translation.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Arguments;

public class WrappedInputTests
{
    private static readonly Gen<string> Characters = Gen.Elements(
        "a", "*** ", "é", "漢", "😀", "\n", "\r", "\t", "\b", "\f", "\u0001", "\"", "\\", "/", "'", "{", "}", "\\n", "u0041");

    /// <summary>A text with one of its possible spellings as JSON; raw line ends are a slip that models make.</summary>
    private static readonly Gen<(string Text, string Wrapper)> Wrappers =
        from characters in (from character in Characters from form in Gen.Choose(0, 2) select (Text: character, Json: Spell(character, form))).ListOf()
        from space in Gen.Elements("", " ", "\n\t")
        from behind in Gen.Elements("", "\n", "}")
        select (
            string.Concat(characters.Select(c => c.Text)),
            $"{space}{{{space}\"input\"{space}:{space}\"{string.Concat(characters.Select(c => c.Json))}\"{space}}}{behind}");

    [Fact]
    public void Input_is_decoded_however_it_is_escaped_and_cut() =>
        Prop.ForAll(Wrappers.ToArbitrary(), Pieces.Lengths.ToArbitrary(), (wrapped, lengths) =>
        {
            var input = new WrappedInput();
            var shown = "";
            foreach (var piece in Pieces.Of(wrapped.Wrapper, lengths))
            {
                input.Append(piece);
                input.Decoded.ToString().ShouldStartWith(shown);
                shown = input.Decoded.ToString();
            }

            input.IsWhole.ShouldBeTrue(wrapped.Wrapper);
            input.IsInText.ShouldBeFalse();
            shown.ShouldBe(wrapped.Text);
            input.Raw.ShouldBe(wrapped.Wrapper);
        }).ShouldHold();

    [Fact]
    public void A_wrapper_cut_anywhere_is_never_whole() =>
        Prop.ForAll(Wrappers.ToArbitrary(), wrapped =>
        {
            var end = wrapped.Wrapper.IndexOf('}', wrapped.Wrapper.LastIndexOf('"'));
            for (var i = 0; i <= end; i++)
            {
                var input = new WrappedInput();
                input.Append(wrapped.Wrapper.AsSpan(0, i));
                input.IsWhole.ShouldBeFalse(wrapped.Wrapper[..i]);
                wrapped.Text.ShouldStartWith(input.Decoded.ToString());
            }
        }).ShouldHold();

    [Theory]
    [InlineData("{\"input\":\"a\\ud83d\"}", "a\uFFFD")]
    [InlineData("{\"input\":\"\\ude00b\"}", "\uFFFDb")]
    [InlineData("{\"input\":\"\\ud83dx\"}", "\uFFFDx")]
    [InlineData("{\"input\":\"C:\\users\\d\\u12\"}", "C:\\users\\d\\u12")]
    [InlineData("{\"input\":\"it\\'s\"}", "it's")]
    [InlineData("{\"input\":\"\"}", "")]
    public void Escapes_that_mean_nothing_are_text(string wrapper, string text)
    {
        var input = new WrappedInput();
        input.Append(wrapper);
        input.IsWhole.ShouldBeTrue();
        input.Decoded.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("{\"input\":\"a\",\"b\":1}", "a", "\",\"b\":1}")]
    [InlineData("{\"input\":\"say \"hi\"\"}", "say ", "\"hi\"\"}")]
    [InlineData("{\"input\":\"a\"} x", "a", "\"} x")]
    [InlineData("{\"input\":5}", "", "{\"input\":5}")]
    [InlineData("{\"inputs\":\"a\"}", "", "{\"inputs\":\"a\"}")]
    [InlineData("{\"cmd\":\"a\"}", "", "{\"cmd\":\"a\"}")]
    [InlineData("*** Begin", "", "*** Begin")]
    public void Anything_else_is_never_whole_and_loses_nothing(string raw, string decoded, string undecoded)
    {
        var input = new WrappedInput();
        input.Append(raw);
        input.IsWhole.ShouldBeFalse();
        input.Decoded.ToString().ShouldBe(decoded);
        input.Undecoded.ShouldBe(undecoded);
    }

    private static string Spell(string text, int form)
    {
        var json = new StringBuilder();
        foreach (var c in text)
        {
            var shortForm = "\"\\/\n\r\t\b\f".IndexOf(c, StringComparison.Ordinal);
            if (form == 2 || (c < ' ' && shortForm < 0))
                json.Append($"\\u{(int)c:X4}");
            else if (c is '"' or '\\' || (form == 1 && shortForm >= 0))
                json.Append('\\').Append("\"\\/nrtbf"[shortForm]);
            else
                json.Append(c);
        }

        return json.ToString();
    }
}
