using Codex.Translation.Text;

namespace Codex.Translation.Tests.Text;

public class RedactionTests
{
    [Theory]
    [InlineData("Bad key sk-0123456789", "sk-0123456789", "Bad key [key]")]
    [InlineData("maximum context length exceeded", "x", "maximum context length exceeded")]
    [InlineData("none of these", "none", "none of these")]
    [InlineData("nothing to hide", "", "nothing to hide")]
    public void Keys_are_blotted_out_and_placeholders_are_not(string said, string key, string shown) =>
        new Redaction([key]).Apply(said).ShouldBe(shown);
}
