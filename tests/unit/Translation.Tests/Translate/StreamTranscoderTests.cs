using System.Buffers;
using System.Text;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate;

public sealed class StreamTranscoderTests : IDisposable
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly StreamTranscoder _transcoder = new(
        new ResponseTemplate("resp_0123456789abcdef0123456789abcdef", 1_790_000_000, new ResponsesRequest { Model = "m" }),
        new ChatCall(new ChatRequest { Model = "m" }, DialectRegistry.Generic, ToolMap.Empty, [], AnswerKind.Response, EstimatedPromptTokens: 7),
        default);

    public StreamTranscoderTests() => _transcoder.Start(_output);

    public void Dispose() => _transcoder.Dispose();

    [Theory]
    [InlineData("data: {\"choices\":[")]
    [InlineData("data: x\ndata: y")]
    [InlineData("{\"choices\":[")]
    [InlineData("<html>")]
    public void More_than_one_event_may_hold_fails_and_is_not_kept(string start)
    {
        Push(start);
        var more = new byte[1024 * 1024];
        more.AsSpan().Fill((byte)'x');
        for (var i = 0; i <= StreamTranscoder.MaxEventBytes / more.Length && !_transcoder.IsFinished; i++)
            _transcoder.Push(more, ResponseFixture.Now, _output);
        _transcoder.IsFinished.ShouldBeTrue();
        var terminal = InvariantChecker.Check(Encoding.UTF8.GetString(_output.WrittenSpan), withholdsCutItems: false);
        terminal.Data.GetProperty("response").GetProperty("error").GetProperty("message").GetString()!.ShouldContain("16 MiB");
    }

    [Fact]
    public void A_first_word_is_output_and_what_comes_before_it_is_not()
    {
        _transcoder.KeepAlive(_output);
        Push("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
        Push("data: {\"choices\":[{\"delta\":{\"content\":\"\\n\"}}]}\n\n");
        _transcoder.HasOutput.ShouldBeFalse();
        Push("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n");
        _transcoder.HasOutput.ShouldBeTrue();
    }

    [Fact]
    public void An_answer_that_fails_at_once_has_no_output_so_it_may_be_tried_again()
    {
        Push("data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n");
        _transcoder.IsFinished.ShouldBeTrue();
        _transcoder.HasOutput.ShouldBeFalse();
        _transcoder.Response.Error!.Message.ShouldBe("overloaded");
    }

    [Fact]
    public void Each_push_leaves_whole_events_and_holds_nothing_back()
    {
        for (var i = 0; i < 5; i++)
        {
            _output.Clear();
            Push($"data: {{\"choices\":[{{\"delta\":{{\"content\":\"w{i}\"}}}}]}}\n\n");
            var text = Encoding.UTF8.GetString(_output.WrittenSpan);
            text.ShouldContain($"\"delta\":\"w{i}\"");
            text.ShouldEndWith("}\n\n");
        }
    }

    private void Push(string text) => _transcoder.Push(Encoding.UTF8.GetBytes(text), ResponseFixture.Now, _output);
}
