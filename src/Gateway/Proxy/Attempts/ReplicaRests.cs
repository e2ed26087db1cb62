using System.Collections.Concurrent;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>
/// Remembers until when a replica asked to be left alone. Balancing passes it over meanwhile; when all of a provider's
/// replicas rest, a request waits for the first instead of asking in vain.
/// </summary>
internal sealed class ReplicaRests(IDestinationHealthUpdater health, TimeProvider time)
{
    /// <summary>A backend that asks for longer is asked again all the same.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Timers go off a little early: who has waited for the end of a rest must not find it still running.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<(string Cluster, string Destination), Rest> _rests = new();

    public void Begin(ClusterState cluster, DestinationState destination, Failure failure)
    {
        if (failure.RetryAfter is not { } wait || wait <= TimeSpan.Zero)
            return;
        wait = wait < Longest ? wait : Longest;
        _rests[(cluster.ClusterId, destination.DestinationId)] = new Rest(time.GetUtcNow() + wait, failure);
        health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, wait);
    }

    /// <summary>The failure to tell, with the time left, while every replica rests; null when one can be asked.</summary>
    public Failure? AllOf(ClusterState cluster)
    {
        var now = time.GetUtcNow();
        Rest? first = null;
        foreach (var destination in cluster.DestinationsState.AllDestinations)
        {
            var key = (cluster.ClusterId, destination.DestinationId);
            if (!_rests.TryGetValue(key, out var rest))
                return null;
            if (rest.Until <= now + Slack)
            {
                _rests.TryRemove(KeyValuePair.Create(key, rest));
                return null;
            }

            if (first is null || rest.Until < first.Until)
                first = rest;
        }

        return first is null ? null : first.Why with { RetryAfter = first.Until - now };
    }

    /// <summary>When a replica that asked for rest may be asked again; null when it did not ask, or the time is over.</summary>
    public DateTimeOffset? EndOf(string cluster, string destination) =>
        _rests.TryGetValue((cluster, destination), out var rest) && rest.Until > time.GetUtcNow() ? rest.Until : null;

    private sealed record Rest(DateTimeOffset Until, Failure Why);
}
