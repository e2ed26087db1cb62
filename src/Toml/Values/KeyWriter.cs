using System.Buffers;

namespace Codex.Toml.Values;

/// <summary>Spells keys.</summary>
public static class KeyWriter
{
    private const int MostShown = 60;
    private static readonly SearchValues<char> Bare =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Bare where the grammar allows it, else a basic string.</summary>
    public static string Write(string key, TomlVersion version = TomlVersion.V1_1) =>
        key.Length > 0 && !key.AsSpan().ContainsAnyExcept(Bare) ? key : ValueWriter.WriteString(key, version);

    /// <summary>For messages: short, and nothing that steers a terminal.</summary>
    internal static string Shown(string key) =>
        Write(key.Length > MostShown ? string.Concat(key.AsSpan(0, MostShown), "…") : key).Trim('"');
}
