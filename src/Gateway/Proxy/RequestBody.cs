using System.Buffers;

namespace Codex.Gateway.Proxy;

/// <summary>A request body, read once and whole.</summary>
public abstract record RequestBody
{
    private RequestBody()
    {
    }

    public sealed record Read(ReadOnlyMemory<byte> Bytes) : RequestBody;

    public sealed record TooLarge(long MaxBytes) : RequestBody;

    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public static async Task<RequestBody> ReadAsync(Stream body, long? declaredBytes, long maxBytes, CancellationToken cancellation)
    {
        if (declaredBytes > maxBytes)
            return new TooLarge(maxBytes);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(declaredBytes + 1 ?? 16 * 1024, Array.MaxLength));
        while (true)
        {
            var read = await body.ReadAsync(buffer.GetMemory(1), cancellation);
            if (read == 0)
                return new Read(buffer.WrittenMemory);
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
                return new TooLarge(maxBytes);
        }
    }
}
