using System.Collections.Immutable;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Merge;

/// <summary>What happens when the user's file has another value for a key.</summary>
public enum KeyAuthority
{
    /// <summary>A conflict that the user must settle.</summary>
    Settle,

    /// <summary>Theirs stays; ours is only a default.</summary>
    Yield,

    /// <summary>Ours is written: the user has just asked for it.</summary>
    Replace,
}

/// <summary>A key of the provider table.</summary>
/// <param name="Path">Below the table; usually one key.</param>
/// <param name="Value">What to write.</param>
/// <param name="Authority">What happens when another value is there.</param>
/// <param name="Typed">The user's own spelling of the value, or null.</param>
public sealed record ProviderKey(TomlPath Path, TomlValue Value, KeyAuthority Authority, string? Typed = null);

/// <summary>What the configuration shall say in the end.</summary>
/// <param name="Id">Key below <c>model_providers</c>.</param>
/// <param name="Table">Keys of the table in the order they are written; empty for a provider inside Codex, which has none.</param>
/// <param name="Root">Keys of the root in the order they are written.</param>
/// <param name="Settings">Values elsewhere.</param>
public sealed record DesiredProvider(
    string Id,
    ImmutableArray<ProviderKey> Table,
    ImmutableArray<KeyValuePair<string, TomlValue>> Root,
    ImmutableArray<KeyValuePair<TomlPath, TomlValue>> Settings)
{
    /// <summary>The user said that the server asks for no key, so a key in the file stands against that.</summary>
    public bool HasNoKey { get; init; }
}

/// <summary>How conflicts are settled.</summary>
public enum ConflictChoice
{
    Refuse,

    /// <summary>Ours replace theirs.</summary>
    Force,

    /// <summary>Theirs stay.</summary>
    Keep,
}
