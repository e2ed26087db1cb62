using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>What is public about a backend's keys: their beginnings, by the environment they belong to.</summary>
public sealed record KeyRule(ImmutableArray<KeyPrefix> Prefixes)
{
    /// <summary>The beginning that this key has, or null when it has none of them.</summary>
    public string? PrefixOf(string key) => Prefixes.FirstOrDefault(p => key.StartsWith(p.Prefix, StringComparison.Ordinal))?.Prefix;
}

/// <param name="Environment">What such a key is good for.</param>
public sealed record KeyPrefix(string Prefix, string Environment);
