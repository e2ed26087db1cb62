using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>Which backends of this machine are looked for at their well-known ports.</summary>
public abstract record DiscoverySetting
{
    private DiscoverySetting()
    {
    }

    public sealed record Off : DiscoverySetting;

    public sealed record All : DiscoverySetting;

    /// <param name="Names">Names of dialects.</param>
    public sealed record Only(ImmutableArray<string> Names) : DiscoverySetting;

    public bool LooksFor(string dialect) => this switch
    {
        All => true,
        Only only => only.Names.Contains(dialect, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };
}
