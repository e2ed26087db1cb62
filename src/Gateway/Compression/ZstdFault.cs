namespace Codex.Gateway.Compression;

/// <summary>Ends decoding from any depth; never leaves <see cref="ZstdDecoder"/>, which makes a value of it.</summary>
internal sealed class ZstdFault : Exception
{
    private ZstdFault(ZstdDecoding outcome) => Outcome = outcome;

    public ZstdDecoding Outcome { get; }

    public static ZstdFault Corrupt(string reason) => new(new ZstdDecoding.Corrupt(reason));

    public static ZstdFault TooLarge() => new(new ZstdDecoding.TooLarge());
}
