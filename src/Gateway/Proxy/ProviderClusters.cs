using System.Collections.Immutable;
using System.Globalization;
using Codex.Gateway.Providers;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Codex.Gateway.Proxy;

/// <summary>Feeds YARP from the provider directory: a provider is a cluster, a replica a destination.</summary>
public sealed class ProviderClusters : IProxyConfigProvider, IDisposable
{
    /// <summary>Where every request begins, until its model is known; no provider's name has a slash in front.</summary>
    public const string Unassigned = "/unassigned";

    public const string ConnectSeconds = "connect-seconds";
    public const string Embedded = "embedded";

    private static readonly ImmutableArray<RouteConfig> Routes =
    [
        .. ProxyEndpoint.All.Select(endpoint => new RouteConfig
        {
            RouteId = endpoint.Path,
            ClusterId = Unassigned,
            Match = new RouteMatch { Path = endpoint.Path, Methods = [HttpMethods.Post] },
        }),
    ];

    private readonly ProviderDirectory _directory;
    private readonly Lock _changing = new();
    private ImmutableArray<Provider> _providers;
    private Revision _current;

    public ProviderClusters(ProviderDirectory directory)
    {
        _directory = directory;
        _providers = ProvidersOf(directory.Current);
        _current = new Revision(_providers);
        directory.Changed += Adopt;
    }

    public IProxyConfig GetConfig() => Volatile.Read(ref _current);

    public void Dispose()
    {
        _directory.Changed -= Adopt;
        _current.Dispose();
    }

    private void Adopt(ProviderSnapshot snapshot)
    {
        Revision before;
        lock (_changing)
        {
            // Not the argument: two changes may be announced in the wrong order.
            var providers = ProvidersOf(_directory.Current);
            // Model lists change far more often than providers, and they are nothing to YARP.
            if (providers.AsSpan().SequenceEqual(_providers.AsSpan(), ReferenceEqualityComparer.Instance))
                return;
            _providers = providers;
            before = _current;
            Volatile.Write(ref _current, new Revision(providers));
        }

        before.Supersede();
    }

    private static ImmutableArray<Provider> ProvidersOf(ProviderSnapshot snapshot) => [.. snapshot.Providers.Select(p => p.Provider)];

    private static ClusterConfig ClusterOf(Provider provider) => new()
    {
        ClusterId = provider.Name,
        LoadBalancingPolicy = ConversationBalancing.PolicyName,
        Destinations = provider.Replicas.ToDictionary(
            r => r.AbsoluteUri, r => new DestinationConfig { Address = r.AbsoluteUri, Health = r.GetLeftPart(UriPartial.Authority) }, StringComparer.Ordinal),
        HealthCheck = new HealthCheckConfig
        {
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = TransportHealth.PolicyName, ReactivationPeriod = TransportHealth.Rest },
            Active = provider.HealthProbe is not { } probe ? null : new ActiveHealthCheckConfig
            {
                Enabled = true,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = probe.Path,
                Interval = probe.Interval,
                Timeout = probe.Timeout,
            },
            // When all rest, any may be tried: better than to refuse without asking.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Longest(provider.Timeouts.FirstByte, provider.Timeouts.Idle) + UpstreamResponseTransform.Hold },
        Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ConnectSeconds] = provider.Timeouts.Connect.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            [Embedded] = provider.Origin == ProviderOrigin.Embedded ? bool.TrueString : bool.FalseString,
        },
    };

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Revision : IProxyConfig, IDisposable
    {
        private readonly CancellationTokenSource _superseded = new();

        public Revision(ImmutableArray<Provider> providers)
        {
            ChangeToken = new CancellationChangeToken(_superseded.Token);
            Clusters = [new ClusterConfig { ClusterId = Unassigned }, .. providers.Select(ClusterOf)];
        }

        public IReadOnlyList<RouteConfig> Routes => ProviderClusters.Routes;

        public IReadOnlyList<ClusterConfig> Clusters { get; }

        public IChangeToken ChangeToken { get; }

        public void Supersede()
        {
            _superseded.Cancel();
            _superseded.Dispose();
        }

        public void Dispose() => _superseded.Dispose();
    }
}
