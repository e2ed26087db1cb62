using System.Text;
using Codex.Gateway.Keys;

namespace Codex.Gateway.Tests.Keys;

public sealed class PassedUsageTests
{
    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":3,"total_tokens":17}}""", 17, 11)]
    [InlineData("""{"usage":{"total_tokens" :  170 , "x":9}}""", 170, 10)]
    [InlineData("data: {\"a\":1}\n\ndata: {\"usage\":{\"total_tokens\":5}}\n\ndata: {\"usage\":{\"total_tokens\":8}}\n\ndata: [DONE]\n\n", 8, 4)]
    [InlineData("""{"text":"\"total_tokens\":9"}""", null, 7)]
    [InlineData("""{"usage":{"total_tokens":null,"x":9}}""", null, 9)]
    [InlineData("data: {}\n\ndata: {}\n\ndata: [DONE]\n\n", null, 3)]
    [InlineData("", null, 0)]
    public void The_last_total_counts_wherever_the_answer_is_cut(string answer, int? total, int estimate)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var usage = new PassedUsage();
            usage.Take(bytes.AsSpan(0, cut));
            usage.Take(bytes.AsSpan(cut));
            usage.TotalTokens.ShouldBe(total);
            usage.EstimatedOutputTokens.ShouldBe(estimate);
        }
    }
}
