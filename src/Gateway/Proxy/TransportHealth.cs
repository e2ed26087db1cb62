using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Proxy;

/// <summary>
/// A replica that cannot be reached rests for a while. One failure is enough: with few users, a rate over a
/// window would send conversation after conversation into the same closed door.
/// </summary>
public sealed class TransportHealth(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Transport";
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        // The argument is the cluster of the route, where the request began before it was reassigned.
        if (context.Features.Get<Exchange>() is not { Cluster: { } assigned } exchange)
            return;
        var error = context.GetForwarderErrorFeature()?.Error ?? ForwarderError.None;
        if (error is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination
            || exchange.Deadline?.Passed == true
            // Broken off, not merely slow: what is long silent may be thinking.
            || exchange.Stream?.Interruption is { Kind: FailureKind.BackendError })
        {
            health.SetPassive(assigned, destination, DestinationHealth.Unhealthy, Rest);
        }
        else if (error == ForwarderError.None && destination.Health.Passive != DestinationHealth.Healthy)
        {
            health.SetPassive(assigned, destination, DestinationHealth.Healthy, Rest);
        }
    }
}
