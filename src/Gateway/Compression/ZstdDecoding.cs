namespace Codex.Gateway.Compression;

/// <summary>What became of zstd data.</summary>
public abstract record ZstdDecoding
{
    private ZstdDecoding()
    {
    }

    public sealed record Ok(ReadOnlyMemory<byte> Bytes) : ZstdDecoding;

    /// <summary>More than the allowed number of bytes would come out.</summary>
    public sealed record TooLarge : ZstdDecoding;

    /// <param name="Reason">What contradicts the format, for the person who made the data.</param>
    public sealed record Corrupt(string Reason) : ZstdDecoding;
}
