using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate;

public class FinishReasonTests
{
    [Theory]
    [InlineData("stop", nameof(AnswerEnd.Done))]
    [InlineData("tool_calls", nameof(AnswerEnd.Done))]
    [InlineData("function_call", nameof(AnswerEnd.Done))]
    [InlineData("eos", nameof(AnswerEnd.Done))]
    [InlineData("length", nameof(AnswerEnd.Length))]
    [InlineData("max_tokens", nameof(AnswerEnd.Length))]
    [InlineData("model_length", nameof(AnswerEnd.Length))]
    [InlineData("content_filter", nameof(AnswerEnd.Filtered))]
    [InlineData("sensitive", nameof(AnswerEnd.Filtered))]
    [InlineData("error", nameof(AnswerEnd.Failed))]
    [InlineData("insufficient_system_resource", nameof(AnswerEnd.Failed))]
    [InlineData("abort", nameof(AnswerEnd.Failed))]
    public void Many_words_mean_four_ends(string reason, string end) => FinishReason.Read(reason).ToString().ShouldBe(end);
}
