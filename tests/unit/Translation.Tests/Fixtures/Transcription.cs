using System.Buffers;
using System.Text;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>Runs bytes of a backend through the transcoder, cut as told.</summary>
internal static class Transcription
{
    public static string Of(ResponseFixture fixture, ReadOnlySpan<byte> upstream, int pieceLength, ResponseError? cut) =>
        Of(fixture.Template, fixture.Call, fixture.Shape, upstream, [pieceLength], cut, fixture.KeepAlives);

    /// <param name="pieceLengths">Lengths of the reads, used in turn.</param>
    /// <param name="cut">Null: the connection ends cleanly.</param>
    public static string Of(
        ResponseTemplate template,
        ChatCall call,
        ResponseShape shape,
        ReadOnlySpan<byte> upstream,
        IReadOnlyList<int> pieceLengths,
        ResponseError? cut,
        int keepAlives = 0)
    {
        using var transcoder = new StreamTranscoder(template, call, shape);
        var output = new ArrayBufferWriter<byte>();
        transcoder.Start(output);
        for (var i = 0; i < keepAlives; i++)
            transcoder.KeepAlive(output);
        for (var turn = 0; !upstream.IsEmpty; turn++)
        {
            var piece = upstream[..Math.Min(pieceLengths[turn % pieceLengths.Count], upstream.Length)];
            transcoder.Push(piece, ResponseFixture.Now, output);
            upstream = upstream[piece.Length..];
        }

        transcoder.End(cut, ResponseFixture.Now, output);
        // Whatever comes behind the terminal event must change nothing.
        transcoder.KeepAlive(output);
        transcoder.Push("data: {\"choices\":[{\"delta\":{\"content\":\"late\"}}]}\n\n"u8, ResponseFixture.Now, output);
        transcoder.Fail(ResponseFixture.CutBy, output);
        transcoder.IsFinished.ShouldBeTrue();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
