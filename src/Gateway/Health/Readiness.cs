using System.Collections.Immutable;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy.Attempts;
using Codex.Gateway.Telemetry;
using Codex.Gateway.Warmth;
using Yarp.ReverseProxy;

namespace Codex.Gateway.Health;

/// <summary>Whether a request for a model can be served now, as far as is known without asking.</summary>
/// <param name="Reason">Why not, in a sentence; null when ready.</param>
internal sealed record Readiness(string? Reason, ImmutableArray<ProviderReadiness> Providers)
{
    public bool IsReady => Reason is null;
}

/// <param name="IsUsable">Somebody answers, the key is taken, and a replica is not resting.</param>
/// <param name="Models">Those that were used or waited for, with their state.</param>
internal sealed record ProviderReadiness(
    ProviderView View, bool IsUsable, ImmutableArray<DestinationReadiness> Destinations, ImmutableArray<ModelReport> Models);

/// <param name="RestsUntil">When it asked to be left alone; null when it did not.</param>
internal sealed record DestinationReadiness(string Address, bool IsUp, DateTimeOffset? RestsUntil);

/// <summary>Reads what is true now.</summary>
internal sealed class ReadinessProbe(ProviderDirectory directory, IProxyStateLookup clusters, ReplicaRests rests, ModelWarmth warmth, StreamDrain drain)
{
    public Readiness Read()
    {
        var snapshot = directory.Current;
        var models = warmth.Snapshot(snapshot).ToLookup(r => r.Key.Provider, StringComparer.OrdinalIgnoreCase);
        var providers = snapshot.Providers.Select(v => Read(v, [.. models[v.Provider.Name].OrderBy(r => r.Key.Model, StringComparer.Ordinal)])).ToImmutableArray();
        // The scripted model is always there; beside real backends it must not hide that none of them works.
        var real = providers.Where(p => p.View.Provider.Origin != ProviderOrigin.Embedded).ToList();
        var reason = drain.IsStopping ? "The gateway is stopping."
            : providers.IsEmpty ? "There is no provider."
            : real.Exists(p => p.View.AskedAt is null && p.View.Problem is null) ? "Not every provider has been asked for its models yet."
            : real.Count > 0 && !real.Exists(p => p.IsUsable) ? "No provider can be used."
            : null;
        return new Readiness(reason, providers);
    }

    private ProviderReadiness Read(ProviderView view, ImmutableArray<ModelReport> models)
    {
        ImmutableArray<DestinationReadiness> destinations = clusters.TryGetCluster(view.Provider.Name, out var cluster)
            ? [.. cluster.Destinations.Values.OrderBy(d => d.DestinationId, StringComparer.Ordinal).Select(d => new DestinationReadiness(
                d.DestinationId, GatewayGauges.IsUp(d), rests.EndOf(cluster.ClusterId, d.DestinationId)))]
            : [];
        return new ProviderReadiness(view, !view.IsDown && (destinations.IsEmpty || destinations.Any(d => d.IsUp)), destinations, models);
    }
}
