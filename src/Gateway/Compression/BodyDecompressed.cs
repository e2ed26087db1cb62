namespace Codex.Gateway.Compression;

/// <summary>What became of a compressed request body.</summary>
public abstract record BodyDecompressed
{
    private BodyDecompressed()
    {
    }

    public sealed record Ok(ReadOnlyMemory<byte> Bytes) : BodyDecompressed;

    /// <summary>413.</summary>
    public sealed record TooLarge(int MaxBytes) : BodyDecompressed;

    /// <summary>415.</summary>
    public sealed record Unsupported(string Encoding) : BodyDecompressed
    {
        public const string Supported = "zstd, gzip, br, deflate, identity";
    }

    /// <summary>400.</summary>
    public sealed record Corrupt(string Encoding, string Reason) : BodyDecompressed;
}
