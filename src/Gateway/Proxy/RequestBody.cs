using System.Buffers;
using Codex.Gateway.Compression;

namespace Codex.Gateway.Proxy;

/// <summary>A request body, read once, whole and decompressed.</summary>
internal abstract record RequestBody
{
    private RequestBody()
    {
    }

    public sealed record Read(ReadOnlyMemory<byte> Bytes) : RequestBody;

    public sealed record Refused(Failure Failure) : RequestBody;

    /// <param name="maxBytes">Allowed both as sent and decompressed.</param>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellation)
    {
        var most = (int)Math.Min(maxBytes, Array.MaxLength - 1);
        if (request.ContentLength > most)
            return new Refused(RequestFailures.TooLarge(most));
        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength + 1 ?? 16 * 1024));
        while (await request.Body.ReadAsync(buffer.GetMemory(1), cancellation) is > 0 and var read)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > most)
                return new Refused(RequestFailures.TooLarge(most));
        }

        return BodyDecompression.Decompress(buffer.WrittenMemory, request.Headers.ContentEncoding, most) switch
        {
            BodyDecompressed.Ok ok => new Read(ok.Bytes),
            BodyDecompressed.TooLarge => new Refused(RequestFailures.TooLarge(most)),
            BodyDecompressed.Unsupported unknown => new Refused(RequestFailures.UnknownEncoding(unknown)),
            BodyDecompressed.Corrupt corrupt => new Refused(RequestFailures.Corrupt(corrupt)),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }
}
