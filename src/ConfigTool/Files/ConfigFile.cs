using System.Security.Cryptography;

namespace Codex.ConfigTool.Files;

/// <summary>A configuration file as it was read once.</summary>
/// <param name="Path">The path as the user knows it.</param>
/// <param name="RealPath">Where its links lead; this is what gets written, so that links stay links.</param>
/// <param name="Facts">Null when there is no file yet.</param>
/// <param name="Bytes">Null when there is no file yet.</param>
public sealed record ConfigFile(string Path, string RealPath, FileFacts? Facts, ReadOnlyMemory<byte>? Bytes)
{
    public bool IsLink => Path != RealPath;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>SHA-256 in hex; null when there is no file.</summary>
    public string? Hash => HashOf(Bytes);

    public static string? HashOf(ReadOnlyMemory<byte>? bytes) => bytes is { } b ? Convert.ToHexStringLower(SHA256.HashData(b.Span)) : null;
}

/// <summary>Whether a file could be read.</summary>
public abstract record FileReading
{
    private FileReading()
    {
    }

    public sealed record Done(ConfigFile File) : FileReading;

    public sealed record Refused(Refusal Refusal) : FileReading;
}
