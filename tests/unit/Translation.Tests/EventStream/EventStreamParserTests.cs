using System.Text;
using Codex.Translation.EventStream;
using Codex.Translation.Tests.Generators;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.EventStream;

public class EventStreamParserTests
{
    public static TheoryData<string, string[]> Streams => new()
    {
        { "", [] },
        { "\n\n\n", [] },
        { ": comment\n\n", [] },
        { "data: {\"a\":1}\n\n", ["{\"a\":1}"] },
        { "data:{\"a\":1}\n\n", ["{\"a\":1}"] },
        { "data: {\"a\":1}", ["{\"a\":1}"] },
        { "data: {\"a\":1}\ndata: {\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"] },
        { "data: [DONE]\n\n", ["[DONE]"] },
        { "data: {\ndata:  \"a\": 1\ndata: }\n\n", ["{\n \"a\": 1\n}"] },
        { "data: one\n\ndata: two", ["one", "two"] },
        { "data\ndata:\ndata: x\n\n", ["x"] },
        { "\uFEFFdata: x\n\n", ["x"] },
        { "event: ping\n\nid: 5\nretry: 3\ndata: x \n\n", ["x"] },
        { "dat: x\nmydata: y\n data: z\n\n", [] },
        { "data: {\"é\":\"😀\"}\n\n", ["{\"é\":\"😀\"}"] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_is_cut_into_its_data(string stream, string[] expected)
    {
        foreach (var lineEnd in (string[])["\n", "\r\n", "\r"])
        {
            var bytes = Encoding.UTF8.GetBytes(stream.Replace("\n", lineEnd, StringComparison.Ordinal));
            foreach (var length in (int[])[1, 2, 3, 5, 1000])
                Parse(bytes, [length]).ShouldBe(expected);
        }
    }

    [Fact]
    public void Random_events_come_out_whole_however_they_are_cut() =>
        Prop.ForAll(
            (from events in JsonTexts.Objects.Select(j => j.ReplaceLineEndings(" ")).ListOf() from lengths in Pieces.Lengths select (events, lengths)).ToArbitrary(),
            sent =>
            {
                var stream = string.Concat(sent.events.Select(e => $": ping\n\nid: 1\ndata: {e}\n\n"));
                Parse(Encoding.UTF8.GetBytes(stream), sent.lengths).ShouldBe(sent.events);
            }).ShouldHold();

    [Theory]
    [InlineData("event: error\ndata: x\n\n", true)]
    [InlineData("event:error\ndata: {\"a\":1}\n\n", true)]
    [InlineData("event: message\ndata: x\n\n", false)]
    [InlineData("event: error\n\ndata: x\n\n", false)]
    public void An_error_event_is_known_by_its_name(string stream, bool isError)
    {
        var parser = new EventStreamParser(100);
        ReadOnlySpan<byte> input = Encoding.UTF8.GetBytes(stream);
        parser.TryRead(ref input, out _).ShouldBeTrue();
        parser.IsErrorEvent.ShouldBe(isError);
    }

    [Theory]
    [InlineData("data: {\"a\":\"0123456789\"}\n\n")]
    [InlineData("data: 0123456789abcdef\n\n")]
    [InlineData("data: 01234567\ndata: 89abcdef\n\n")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void More_than_allowed_is_refused_and_not_kept(string stream)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        foreach (var length in (int[])[1, 4, 1000])
        {
            var parser = new EventStreamParser(maxEventBytes: 15);
            foreach (var piece in bytes.Chunk(length))
            {
                ReadOnlySpan<byte> input = piece;
                while (parser.TryRead(ref input, out var data))
                    data.Length.ShouldBeLessThanOrEqualTo(15);
            }

            parser.Overflowed.ShouldBeTrue();
        }
    }

    private static List<string> Parse(byte[] stream, IReadOnlyList<int> lengths)
    {
        var parser = new EventStreamParser(maxEventBytes: 1 << 20);
        var events = new List<string>();
        for (int at = 0, turn = 0; at < stream.Length; turn++)
        {
            var length = Math.Min(lengths[turn % lengths.Count], stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (parser.TryRead(ref input, out var data))
                events.Add(Encoding.UTF8.GetString(data));
            input.IsEmpty.ShouldBeTrue();
            at += length;
        }

        while (parser.TryReadRest(out var rest))
            events.Add(Encoding.UTF8.GetString(rest));
        parser.Overflowed.ShouldBeFalse();
        return events;
    }
}
