using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate;

public class ChatToResponsesStreamTests
{
    [Fact]
    public void A_dialect_looks_at_each_chunk_first()
    {
        var dialect = DialectRegistry.Generic with { NormalizeChunk = chunk => chunk with { Content = null, Reasoning = chunk.Content } };
        var machine = Machine(dialect);
        machine.Push(new ChatChunk { Content = "Hm." });
        machine.Complete(5);
        machine.Response.Output.ShouldHaveSingleItem().ShouldBeOfType<OutputItem.Reasoning>().Summary.ShouldBe(["Hm."]);
    }

    [Fact]
    public void After_the_end_nothing_is_said_any_more()
    {
        var machine = Machine(DialectRegistry.Generic);
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
        var machine = Machine(DialectRegistry.Generic);
        machine.Push(new ChatChunk { Content = "Hi", Usage = new ChatUsage(5, 1, CachedTokens: 9, ReasoningTokens: 0) });
        machine.Complete(5);
        machine.Response.Usage.ShouldBe(new ResponseUsage(5, 5, 1, 0));
    }

    private static ChatToResponsesStream Machine(Dialect dialect)
    {
        var machine = new ChatToResponsesStream(
            new ResponseTemplate("resp_0123456789abcdef0123456789abcdef", 1, new ResponsesRequest { Model = "m" }),
            new ChatCall(new ChatRequest { Model = "m" }, dialect, ToolMap.Empty, [], AnswerKind.Response, EstimatedPromptTokens: 7),
            default);
        machine.Start();
        return machine;
    }
}
