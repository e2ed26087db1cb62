using System.Text;
using System.Text.Json;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;
using Codex.Translation.Tests.Generators;
using Codex.Translation.Translate;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Translate;

public class RandomStreamTests
{
    private static readonly ToolMap Tools = new(
    [
        new ToolBinding("exec_command", ToolKind.Function, "exec_command", null),
        new ToolBinding("read_file", ToolKind.Function, "read_file", null),
        new ToolBinding("apply_patch", ToolKind.Custom, "apply_patch", null),
        new ToolBinding("tool_search", ToolKind.ToolSearch, "tool_search", null),
    ]);

    private static readonly Dialect Leaking = DialectRegistry.Generic with { LeakedCalls = [.. Enum.GetValues<LeakedCallShape>()] };

    private static readonly Gen<ResponseShape> Shapes =
        from refusal in Gen.Elements(true, false)
        from raw in Gen.Elements(true, false)
        from withholds in Gen.Elements(true, false)
        select new ResponseShape(refusal, raw, withholds);

    [Fact]
    public void What_was_sent_arrives_whole_and_ends_as_it_ended() =>
        Prop.ForAll(SentAnswer.Random.ToArbitrary(), Shapes.ToArbitrary(), Pieces.Lengths.ToArbitrary(), (sent, shape, lengths) =>
        {
            var events = Transcode(DialectRegistry.Generic, shape, AnswerKind.Response, Encode(sent.Events), sent.IsCut, [int.MaxValue]);
            var terminal = InvariantChecker.Check(events, shape.WithholdsCutItems);
            terminal.Type.ShouldBe(ExpectedEnd(sent));
            var output = terminal.Data.GetProperty("response").GetProperty("output").EnumerateArray().ToList();
            if (terminal.Type == "response.completed")
            {
                Said(output, "message", "content").ShouldBe(sent.Text);
                Said(output, "reasoning", shape.RawReasoning ? "content" : "summary").ShouldBe(sent.Reasoning);
                output.Where(i => i.GetProperty("type").GetString() == "function_call")
                    .Select(i => (i.GetProperty("name").GetString()!, i.GetProperty("arguments").GetString()!))
                    .ShouldBe(sent.Calls);
            }

            Transcode(DialectRegistry.Generic, shape, AnswerKind.Response, Encode(sent.Events), sent.IsCut, lengths).ShouldBeText(events);
        }).ShouldHold(200);

    [Fact]
    public void No_odd_chunk_breaks_the_protocol() =>
        Prop.ForAll(
            (from chunks in OddChunks.Random.ListOf() from kind in Gen.Elements(Enum.GetValues<AnswerKind>()) from isCut in Gen.Elements(true, false) select (chunks, kind, isCut)).ToArbitrary(),
            Shapes.ToArbitrary(),
            Pieces.Lengths.ToArbitrary(),
            (sent, shape, lengths) =>
            {
                var events = Transcode(Leaking, shape, sent.kind, Encode(sent.chunks), sent.isCut, [int.MaxValue]);
                InvariantChecker.Check(events, shape.WithholdsCutItems);
                Transcode(Leaking, shape, sent.kind, Encode(sent.chunks), sent.isCut, lengths).ShouldBeText(events);
            }).ShouldHold(600);

    [Fact]
    public void No_bytes_at_all_break_the_protocol() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), Shapes.ToArbitrary(), (bytes, shape) =>
        {
            InvariantChecker.Check(Transcode(Leaking, shape, AnswerKind.Response, bytes, isCut: false, [3]), shape.WithholdsCutItems);
            byte[] asData = [.. "data: {\"choices\":[{\"delta\":{\"content\":\""u8, .. bytes, .. "\"}}]}\n\n"u8];
            InvariantChecker.Check(Transcode(Leaking, shape, AnswerKind.Response, asData, isCut: false, [3]), shape.WithholdsCutItems);
        }).ShouldHold(300);

    private static string ExpectedEnd(SentAnswer sent)
    {
        var saidNothing = sent is { Text: "", Reasoning: "", Calls.IsEmpty: true };
        return sent.End switch
        {
            "error" => "response.failed",
            "length" or "content_filter" => "response.incomplete",
            null when sent.IsCut || saidNothing => "response.failed",
            _ => "response.completed",
        };
    }

    private static string Said(List<JsonElement> output, string type, string key) => string.Concat(output
        .Where(i => i.GetProperty("type").GetString() == type)
        .SelectMany(i => i.GetProperty(key).EnumerateArray())
        .Select(p => p.GetProperty("text").GetString()));

    private static byte[] Encode(IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(e => $"data: {e}\n\n")));

    private static string Transcode(Dialect dialect, ResponseShape shape, AnswerKind kind, byte[] upstream, bool isCut, IReadOnlyList<int> lengths)
    {
        var call = new ChatCall(new ChatRequest { Model = "m" }, dialect, Tools, [], kind, EstimatedPromptTokens: 7);
        var request = new ResponsesRequest { Model = "m", Include = ["reasoning.encrypted_content"] };
        var template = new ResponseTemplate("resp_0123456789abcdef0123456789abcdef", 1_790_000_000, request);
        return Transcription.Of(template, call, shape, upstream, lengths, isCut ? ResponseFixture.CutBy : null);
    }
}
