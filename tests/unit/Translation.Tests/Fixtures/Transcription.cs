using System.Buffers;
using System.Text;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>Runs bytes of a backend through the transcoder, cut as told.</summary>
internal static class Transcription
{
    public static string Of(ResponseFixture fixture, ReadOnlySpan<byte> upstream, int pieceLength, ResponseError? cut)
    {
        using var transcoder = new StreamTranscoder(fixture.Template, fixture.Call, fixture.Shape);
        var output = new ArrayBufferWriter<byte>();
        transcoder.Start(output);
        for (var i = 0; i < fixture.KeepAlives; i++)
            transcoder.KeepAlive(output);
        while (!upstream.IsEmpty)
        {
            var piece = upstream[..Math.Min(pieceLength, upstream.Length)];
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
