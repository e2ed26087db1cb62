using System.Collections.Immutable;

namespace Codex.ConfigTool.Providers;

/// <summary>What the user asked <c>add-provider</c> for, as given.</summary>
public sealed record AddProviderOptions
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? BaseUrl { get; init; }

    public string? Model { get; init; }

    public string? EnvKey { get; init; }

    public bool NoAuth { get; init; }

    /// <summary>Command and arguments that print a key; empty when not given.</summary>
    public ImmutableArray<string> AuthCommand { get; init; } = [];

    public string? Effort { get; init; }

    /// <summary>Tokens.</summary>
    public long? ContextWindow { get; init; }

    public bool NoContextWindow { get; init; }

    public string? WebSearch { get; init; }

    public bool MinimalTools { get; init; }

    /// <summary>Further keys of the provider's table, each as <c>KEY=TOML</c>.</summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>Whether Codex is told to read the server's catalogue; null for what the preset knows.</summary>
    public bool? HasCodexCatalogue { get; init; }

    public bool NoDefault { get; init; }

    public bool ViaGateway { get; init; }

    public string? GatewayUrl { get; init; }
}
