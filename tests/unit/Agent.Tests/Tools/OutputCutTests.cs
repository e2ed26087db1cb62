using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Tests.Tools;

public sealed class OutputCutTests
{
    [Theory]
    [InlineData(20, "")]
    [InlineData(4, "…9 tokens truncated…")]
    public void Only_what_is_too_long_is_cut(int limit, string expected)
    {
        var text = new string('a', 50);

        OutputCut.Shorten(text, limit, savedAt: null).ShouldBe(
            expected.Length == 0 ? text : $"Warning: truncated output (original token count: 13)\nTotal output lines: 1\n\naaaaaaaa{expected}aaaaaaaa");
    }

    [Theory]
    [InlineData("x", "", "xääää", "äääää")]
    [InlineData("", "x", "äääää", "ääääx")]
    public void A_character_is_never_cut_in_two(string before, string after, string head, string tail) =>
        OutputCut.Shorten(before + new string('ä', 50) + after, 5, "/saved").ShouldBe(
            $"Warning: truncated output (original token count: 26)\nTotal output lines: 1\nWhole output: /saved\n\n{head}…21 tokens truncated…{tail}");

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\nb", 3)]
    public void Lines_are_counted_as_they_are_seen(string text, int lines) => OutputCut.Lines(text).ShouldBe(lines);
}
