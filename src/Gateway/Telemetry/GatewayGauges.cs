using System.Diagnostics.Metrics;
using Codex.Gateway.Fairness;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Gateway.Warmth;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Telemetry;

/// <summary>Values that are read from what is true at the moment somebody asks.</summary>
internal sealed class GatewayGauges
{
    private readonly ActiveRequests _active;
    private readonly ProviderDirectory _directory;
    private readonly IProxyStateLookup _clusters;
    private readonly ModelWarmth _warmth;

    public GatewayGauges(GatewayMeter meter, ActiveRequests active, ProviderDirectory directory, IProxyStateLookup clusters, ProviderQueue queue, ModelWarmth warmth)
    {
        _active = active;
        _directory = directory;
        _clusters = clusters;
        _warmth = warmth;
        var gauges = meter.Meter;
        gauges.CreateObservableUpDownCounter("codex_gateway.active_requests", () => Count(_ => true), "{request}", "Requests for models under way, waiting ones among them.");
        gauges.CreateObservableUpDownCounter("codex_gateway.open_streams", () => Count(r => r.IsStreaming), "{stream}", "Event streams open to clients.");
        gauges.CreateObservableGauge("codex_gateway.destination.health", Health, unit: null, "1 for a backend that may be asked, 0 for one that rests after failures.");
        gauges.CreateObservableGauge("codex_gateway.provider.models", Models, "{model}", "Models that a provider listed when last asked.");
        gauges.CreateObservableGauge("codex_gateway.provider.list_ok", Lists, unit: null, "1 when a provider answered with its models when last asked, 0 when it did not.");
        gauges.CreateObservableGauge("codex_gateway.model.state", States, unit: null, "1 for the state a used or kept model is in: unknown, cold, warming, warm or failed.");
        gauges.CreateObservableGauge("codex_gateway.model.waiting", Waiting, "{request}", "Requests that wait for a model to be loaded.");
        gauges.CreateObservableCounter("codex_gateway.model.warm_ups", WarmUps, "{warm_up}", "Warm-ups begun.");
        gauges.CreateObservableGauge(
            "codex_gateway.queue.length", () => queue.Lengths.Select(q => new Measurement<int>(q.Waiting, Named(q.Provider))), "{request}", "Requests that wait for a place at a provider with MaxConcurrent.");
        gauges.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Physical memory in use by the process.");
        gauges.CreateObservableGauge("codex_gateway.build_info", Build, unit: null, "Always 1; the version is a label.");
    }

    /// <summary>Whether a backend may be asked, as far as passive and active checks know.</summary>
    internal static bool IsUp(DestinationState destination) =>
        destination.Health is { Passive: not DestinationHealth.Unhealthy, Active: not DestinationHealth.Unhealthy };

    private static Measurement<int> Build() => new(1, [new("version", GatewayMeter.Version)]);

    /// <summary>Zero is told too, since a series that is missing cannot be told from a gateway that is.</summary>
    private IEnumerable<Measurement<int>> Count(Func<RequestLog, bool> counts)
    {
        var now = _active.All.Where(counts).CountBy(r => r.Provider ?? "").ToDictionary(StringComparer.Ordinal);
        var all = _directory.Current.Providers.Select(v => v.Provider.Name).Concat(now.Keys).Distinct(StringComparer.Ordinal);
        return all.Select(name => new Measurement<int>(now.GetValueOrDefault(name), Named(name)));
    }

    private IEnumerable<Measurement<int>> Health() =>
        from view in _directory.Current.Providers
        where view.Provider.Origin != ProviderOrigin.Embedded && _clusters.TryGetCluster(view.Provider.Name, out _)
        from destination in Destinations(view.Provider.Name)
        select new Measurement<int>(
            IsUp(destination) ? 1 : 0, [new(GenAi.ProviderName, view.Provider.Name), new("destination", destination.DestinationId)]);

    private IEnumerable<DestinationState> Destinations(string provider) =>
        _clusters.TryGetCluster(provider, out var cluster) ? cluster.Destinations.Values : [];

    private IEnumerable<Measurement<int>> Models() =>
        _directory.Current.Providers.Select(v => new Measurement<int>(v.Models.Length, Named(v.Provider.Name)));

    private IEnumerable<Measurement<int>> Lists() =>
        _directory.Current.Providers
            .Where(v => v.Provider.Origin != ProviderOrigin.Embedded && (v.AskedAt is not null || v.Problem is not null))
            .Select(v => new Measurement<int>(v.Problem is null ? 1 : 0, Named(v.Provider.Name)));

    private IEnumerable<Measurement<int>> States() =>
        Reports().Select(r => new Measurement<int>(1, [.. Of(r.Key), new("state", r.State.Word)]));

    private IEnumerable<Measurement<int>> Waiting() =>
        Reports().Select(r => new Measurement<int>(r.State is ModelState.Warming { Waiting: var waiting } ? waiting : 0, Of(r.Key)));

    private IEnumerable<Measurement<int>> WarmUps() => Reports().Select(r => new Measurement<int>(r.WarmUps, Of(r.Key)));

    /// <summary>Only of models that a provider lists or is bound to: others have names that clients may have made up.</summary>
    private IEnumerable<ModelReport> Reports()
    {
        var snapshot = _directory.Current;
        return _warmth.Snapshot(snapshot).Where(r => snapshot.Find(r.Key.Provider) is { } view
            && (ModelOffer.Lookup(view, r.Key.Model).Known is not null || view.Provider.AllowedModels.Contains(r.Key.Model)));
    }

    private static KeyValuePair<string, object?>[] Of(ModelKey model) => [new(GenAi.ProviderName, model.Provider), new(GenAi.RequestModel, model.Model)];

    private static KeyValuePair<string, object?>[] Named(string provider) => provider.Length == 0 ? [] : [new(GenAi.ProviderName, provider)];
}
