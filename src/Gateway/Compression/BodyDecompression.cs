using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Codex.Gateway.Compression;

/// <summary>Undoes the <c>Content-Encoding</c> of a request body (RFC 9110, section 8.4), however many there are.</summary>
public static class BodyDecompression
{
    /// <summary>More would only be made to keep the gateway busy.</summary>
    private const int MostEncodings = 4;

    private const int SmallestBuffer = 1024;

    private const byte DeflateMethod = 8;

    /// <summary>Header and trailer of the smallest gzip member.</summary>
    private const int SmallestGzip = 18;

    /// <param name="contentEncoding">The header's value, comma separated in the order applied; null or empty for none.</param>
    /// <param name="maxBytes">Bytes allowed after each step.</param>
    public static BodyDecompressed Decompress(ReadOnlyMemory<byte> body, string? contentEncoding, int maxBytes)
    {
        var encodings = (contentEncoding ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (encodings.Length > MostEncodings)
            return new BodyDecompressed.Unsupported($"more than {MostEncodings} encodings");
        foreach (var encoding in encodings.Reverse())
        {
            switch (DecompressOne(body, encoding.ToLowerInvariant(), maxBytes))
            {
                case BodyDecompressed.Ok ok:
                    body = ok.Bytes;
                    break;
                case var failed:
                    return failed;
            }
        }

        return body.Length > maxBytes ? new BodyDecompressed.TooLarge(maxBytes) : new BodyDecompressed.Ok(body);
    }

    private static BodyDecompressed DecompressOne(ReadOnlyMemory<byte> body, string encoding, int maxBytes) => encoding switch
    {
        "identity" => new BodyDecompressed.Ok(body),
        "gzip" or "x-gzip" => Gunzip(body, encoding, maxBytes),
        "br" => Unbrotli(body.Span, encoding, maxBytes),
        // The RFC means zlib; some clients send the bare stream.
        "deflate" when IsZlib(body.Span) => Inflate(body, encoding, maxBytes, stream => new ZLibStream(stream, CompressionMode.Decompress)),
        "deflate" => Inflate(body, encoding, maxBytes, stream => new DeflateStream(stream, CompressionMode.Decompress)),
        "zstd" => ZstdDecoder.Decode(body.Span, maxBytes) switch
        {
            ZstdDecoding.Ok ok => new BodyDecompressed.Ok(ok.Bytes),
            ZstdDecoding.Corrupt corrupt => new BodyDecompressed.Corrupt(encoding, corrupt.Reason),
            _ => new BodyDecompressed.TooLarge(maxBytes),
        },
        _ => new BodyDecompressed.Unsupported(encoding),
    };

    private static BodyDecompressed Gunzip(ReadOnlyMemory<byte> body, string encoding, int maxBytes)
    {
        var result = Inflate(body, encoding, maxBytes, stream => new GZipStream(stream, CompressionMode.Decompress), looksForMore: true);

        // The stream always looks for a further member, so reading on tells nothing; the declared length does
        // (one member, as HTTP clients send it; RFC 1952, section 2.3.1).
        return result is BodyDecompressed.Ok ok
            && (body.Length < SmallestGzip || BinaryPrimitives.ReadInt32LittleEndian(body.Span[^4..]) != ok.Bytes.Length)
            ? Cut(encoding)
            : result;
    }

    private static BodyDecompressed Inflate(
        ReadOnlyMemory<byte> body, string encoding, int maxBytes, Func<Stream, Stream> open, bool looksForMore = false)
    {
        try
        {
            using var source = new EncodedBodyStream(body);
            using var stream = open(source);
            var output = FirstBuffer(body.Length, maxBytes);
            var count = 0;
            int read;
            while ((read = stream.Read(output, count, output.Length - count)) > 0)
            {
                count += read;
                if (count > maxBytes)
                    return new BodyDecompressed.TooLarge(maxBytes);
                if (count == output.Length)
                    Grow(ref output);
            }

            return source.WasReadBeyondEnd && !looksForMore ? Cut(encoding) : new BodyDecompressed.Ok(output.AsMemory(0, count));
        }
        catch (InvalidDataException)
        {
            return new BodyDecompressed.Corrupt(encoding, "the data is damaged or of another encoding");
        }
    }

    private static BodyDecompressed Unbrotli(ReadOnlySpan<byte> body, string encoding, int maxBytes)
    {
        using var decoder = default(BrotliDecoder);
        var output = FirstBuffer(body.Length, maxBytes);
        var count = 0;
        while (true)
        {
            var status = decoder.Decompress(body, output.AsSpan(count), out var consumed, out var written);
            body = body[consumed..];
            count += written;
            if (count > maxBytes)
                return new BodyDecompressed.TooLarge(maxBytes);
            switch (status)
            {
                case OperationStatus.Done:
                    return new BodyDecompressed.Ok(output.AsMemory(0, count));
                case OperationStatus.DestinationTooSmall:
                    Grow(ref output);
                    break;
                case OperationStatus.NeedMoreData:
                    return Cut(encoding);
                default:
                    return new BodyDecompressed.Corrupt(encoding, "the data is damaged or of another encoding");
            }
        }
    }

    /// <summary>One byte more than allowed fits in, so that "too large" shows.</summary>
    private static byte[] FirstBuffer(int encodedBytes, int maxBytes) =>
        new byte[Math.Clamp(encodedBytes * 4L, SmallestBuffer, Math.Max(SmallestBuffer, maxBytes + 1L))];

    private static void Grow(ref byte[] output) => Array.Resize(ref output, (int)Math.Min(Array.MaxLength, output.Length * 2L));

    private static BodyDecompressed Cut(string encoding) => new BodyDecompressed.Corrupt(encoding, "the data ends too early");

    private static bool IsZlib(ReadOnlySpan<byte> body) =>
        body.Length >= 2 && (body[0] & 15) == DeflateMethod && ((body[0] << 8) | body[1]) % 31 == 0;
}
