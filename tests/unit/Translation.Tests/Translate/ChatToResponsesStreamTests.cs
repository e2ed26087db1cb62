using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate;

public class ChatToResponsesStreamTests
{
    [Fact]
    public void After_the_end_nothing_is_said_any_more()
    {
        var machine = Machine();
        machine.Push(new ChatChunk { Content = "Hi", FinishReason = "stop" });
        machine.Complete(5).Length.ShouldBe(4);
        var answer = machine.Response;
        machine.Push(new ChatChunk { Content = "more" }).Length.ShouldBe(0);
        machine.Complete(6).Length.ShouldBe(0);
        machine.Fail(new ResponseError("server_error", "late")).Length.ShouldBe(0);
        machine.KeepAlive().Length.ShouldBe(0);
        machine.Response.ShouldBeSameAs(answer);
    }

    [Fact]
    public void Cached_tokens_are_never_more_than_the_prompt()
    {
        var machine = Machine();
        machine.Push(new ChatChunk { Content = "Hi", Usage = new ChatUsage(5, 1, CachedTokens: 9, ReasoningTokens: 0) });
        machine.Complete(5);
        machine.Response.Usage.ShouldBe(new ResponseUsage(5, 5, 1, 0));
    }

    private static ChatToResponsesStream Machine()
    {
        var machine = new ChatToResponsesStream(
            new ResponseTemplate("resp_0123456789abcdef0123456789abcdef", 1, new ResponsesRequest { Model = "m" }),
            new ChatCall(new ChatRequest { Model = "m" }, DialectRegistry.Generic, ToolMap.Empty, [], AnswerKind.Response, EstimatedPromptTokens: 7),
            default);
        machine.Start();
        return machine;
    }
}
