using System.Collections.Immutable;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>What the user wrote, checked and resolved.</summary>
/// <param name="Providers">Those of the file, the environment and the command line, in that order; not the discovered ones.</param>
/// <param name="DefaultProvider">Named by the user; null when nothing was said.</param>
/// <param name="Discovery">Takes effect at start only, as do <paramref name="Settings"/>.</param>
public sealed record Configured(
    ImmutableArray<Provider> Providers,
    string? DefaultProvider,
    ImmutableDictionary<string, ModelSettings> Models,
    DiscoverySetting Discovery,
    GatewaySettings Settings)
{
    /// <summary>Of the gateway itself. Clients need none when there are none.</summary>
    public ImmutableArray<GatewayKey> Keys { get; init; } = [];

    /// <summary>Names of models to keep loaded.</summary>
    public ImmutableArray<string> Warm { get; init; } = [];

    /// <summary>Puts these providers in place of the configured ones before; lists of models of unchanged backends stay.</summary>
    public ProviderSnapshot ApplyTo(ProviderSnapshot before)
    {
        var views = Providers.Select(p => View(p, before.Find(p.Name)));
        var others = before.Providers.Where(v =>
            v.Provider.Origin is ProviderOrigin.Embedded or ProviderOrigin.Discovered
            && !Providers.Any(p => p.Name.Equals(v.Provider.Name, StringComparison.OrdinalIgnoreCase)));
        return new ProviderSnapshot([.. views, .. others], DefaultProvider, Models) { Warm = Warm };
    }

    /// <summary>Whether what takes effect at start only is the same.</summary>
    public bool StartsLike(Configured other) =>
        Settings with { Urls = other.Settings.Urls, Hosts = other.Settings.Hosts, TrustedProxies = other.Settings.TrustedProxies } == other.Settings
        && Settings.Hosts.SequenceEqual(other.Settings.Hosts)
        && Settings.TrustedProxies.SequenceEqual(other.Settings.TrustedProxies)
        && Settings.Urls.SequenceEqual(other.Settings.Urls)
        && ConfigurationResolver.Discoverable.All(name => Discovery.LooksFor(name) == other.Discovery.LooksFor(name));

    private static ProviderView View(Provider now, ProviderView? before)
    {
        if (before is null || !before.Provider.Replicas.SequenceEqual(now.Replicas) || before.Provider.Key != now.Key)
            return new ProviderView(now, [], null, null);

        // What the backend showed itself to be still holds, as long as the user says nothing else.
        var dialect = now.DialectIsAssumed ? before.Provider.Dialect : now.Dialect;
        return before with { Provider = now with { Dialect = dialect } };
    }
}
