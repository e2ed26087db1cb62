using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Tests.Demo;

public sealed class ChatScriptTests
{
    private static readonly ChatScript Stream = new ChatStreamBuilder().Content("Hé", "llo").Crlf().Finish().Done().ToScript();

    [Fact]
    public void Every_chunking_keeps_the_bytes()
    {
        var bytes = Stream.BodyBytes();

        foreach (var cut in new[] { Stream.ByteByByte(), Stream.InPiecesOf(7), Stream.LineByLine(), Stream.EventByEvent(), Stream.InOnePiece(), Stream.InOnePiece().LineByLine() })
            cut.BodyBytes().ShouldBe(bytes);
    }

    [Fact]
    public void Pieces_have_the_sizes_asked_for()
    {
        Flushed(Stream.ByteByByte()).ShouldAllBe(piece => piece.Length == 1);
        Flushed(Stream.InOnePiece().InPiecesOf(7)).SkipLast(1).ShouldAllBe(piece => piece.Length == 7);
        Flushed(Stream.InOnePiece()).Count.ShouldBe(1);
        Flushed(Stream.InOnePiece().EventByEvent()).Count.ShouldBe(4);
        Flushed(Stream.InOnePiece().LineByLine()).Count.ShouldBe(8);
    }

    [Fact]
    public void Pauses_are_data()
    {
        var paced = Stream.Paced(TimeSpan.FromSeconds(1)).AfterSilence(TimeSpan.FromMinutes(1)).WithSilenceAfterHead(TimeSpan.FromHours(1));

        paced.TotalPause().ShouldBe(new TimeSpan(1, 1, 3));
        paced.Steps[0].ShouldBe(new ScriptStep.Pause(TimeSpan.FromMinutes(1)));
        paced.Steps[1].ShouldBeOfType<ScriptStep.SendHead>();
        paced.Steps[2].ShouldBeOfType<ScriptStep.Flush>();
        paced.Steps[3].ShouldBe(new ScriptStep.Pause(TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Stopping_early_keeps_that_many_bytes_and_ends_as_asked(int bytes)
    {
        var kept = Stream.BodyBytes().Take(bytes);

        Stream.CutAfter(bytes).BodyBytes().ShouldBe(kept);
        Stream.CutAfter(bytes).Steps[^1].ShouldBeOfType<ScriptStep.Abort>();
        Stream.HangAfter(bytes).Steps[^1].ShouldBeOfType<ScriptStep.Hang>();
        Stream.EndAfter(bytes).BodyBytes().ShouldBe(kept);
        Stream.EndAfter(bytes).Steps[^1].ShouldBeOfType<ScriptStep.Flush>();
    }

    [Fact]
    public void Odd_forms_are_written_as_backends_send_them()
    {
        var usage = new ScriptedUsage(5, 2, CachedTokens: 1, ReasoningTokens: 0);
        var script = new ChatStreamBuilder(new ChatIdentity("m", "c", 1))
            .Reasoning("reasoning", "hm")
            .ReasoningDetails("so")
            .ToolCalls(new(Index: null, "a", "f", "{bad"), new(0, Name: null, Arguments: "}"))
            .WithChoices("null")
            .WithChoices(null)
            .Usage(usage)
            .UsageInEach(new ScriptedUsage(5, 3))
            .Content("x\"\n")
            .Finish("tool_calls")
            .Error("boom", code: "overloaded")
            .Comment("keepalive")
            .Crlf()
            .Data("{}", eventName: "error")
            .Raw("data: cut")
            .ToScript();

        const string Head = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\"";
        script.BodyText().ShouldBe(
            Head + ",\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hm\"},\"finish_reason\":null}]}\n\n" +
            Head + ",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"so\",\"index\":0}]},\"finish_reason\":null}]}\n\n" +
            Head + ",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{bad\"}},{\"index\":0,\"function\":{\"arguments\":\"}\"}}]},\"finish_reason\":null}]}\n\n" +
            Head + ",\"choices\":null}\n\n" +
            Head + "}\n\n" +
            Head + ",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":1},\"completion_tokens_details\":{\"reasoning_tokens\":0}}}\n\n" +
            Head + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\\\"\\n\"},\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}\n\n" +
            Head + ",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8}}\n\n" +
            "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\",\"param\":null,\"code\":\"overloaded\"}}\n\n" +
            ": keepalive\n\n" +
            "event: error\r\ndata: {}\r\n\r\n" +
            "data: cut");
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("  leading and trailing  ")]
    [InlineData("line\nline\n\nline of several words, and more")]
    public void Paced_pieces_joined_are_the_text(string text)
    {
        string.Concat(PacedReply.Pieces(text)).ShouldBe(text);
        PacedReply.Pieces(string.Join(' ', Enumerable.Repeat("word", 1000))).Length.ShouldBeLessThanOrEqualTo(40);
    }

    private static List<byte[]> Flushed(ChatScript script)
    {
        var pieces = new List<byte[]>();
        var open = new List<byte>();
        foreach (var step in script.Steps)
        {
            if (step is ScriptStep.Write write)
                open.AddRange(write.Bytes.Span);
            if (step is ScriptStep.Flush)
            {
                pieces.Add([.. open]);
                open.Clear();
            }
        }

        open.ShouldBeEmpty();
        return pieces;
    }
}
