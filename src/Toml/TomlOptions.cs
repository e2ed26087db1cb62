namespace Codex.Toml;

/// <summary>How to read a text.</summary>
public sealed record TomlOptions
{
    public static TomlOptions Default { get; } = new();

    public TomlVersion Version { get; init; } = TomlVersion.V1_1;

    /// <summary>Stop at the first fault (false), or go on at the next statement and tell up to <see cref="MaxDiagnostics"/> faults (true).</summary>
    public bool Tolerant { get; init; }

    /// <summary>Most bytes a text may have; 4 MiB unless told.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Most levels from the root to a value, counting keys, arrays and inline tables alike.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Most faults told in tolerant mode. It also bounds the work on a text made of nothing but faults.</summary>
    public int MaxDiagnostics { get; init; } = 50;
}
