using Codex.Translation.Chat;

namespace Codex.Translation.Tests.Chat;

public class LoneSurrogatesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\\ud83d\\ude00", "\\ud83d\\ude00")]
    [InlineData("\\ud83d", "\\ufffd")]
    [InlineData("\\ude00", "\\ufffd")]
    [InlineData("\\uD83Dx\\uDE00", "\\ufffdx\\ufffd")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\\ufffd\\ud83d\\ude00")]
    [InlineData("\\\\ud83d", "\\\\ud83d")]
    [InlineData("\\\\\\ud83d", "\\\\\\ufffd")]
    [InlineData("\\u00e9\\n\\\"", "\\u00e9\\n\\\"")]
    [InlineData("\\ud8", "\\ud8")]
    [InlineData("\\", "\\")]
    public void Only_halves_of_a_pair_are_replaced(string json, string expected) => LoneSurrogates.Replace(json).ShouldBe(expected);
}
