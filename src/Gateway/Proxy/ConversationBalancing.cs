using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Proxy;

/// <summary>
/// One conversation goes to one replica, so that its prefix cache stays warm, and only the conversations of a
/// replica that went away move (rendezvous hashing: nothing is stored). Without a conversation, the least busy one.
/// </summary>
public sealed class ConversationBalancing : ILoadBalancingPolicy
{
    public const string PolicyName = "Conversation";

    public string Name => PolicyName;

    public DestinationState? PickDestination(
        HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 0)
            return null;
        return context.Features.Get<Exchange>()?.ConversationId is { } conversation
            ? availableDestinations.MaxBy(d => Score(conversation, d.DestinationId))
            : availableDestinations.MinBy(d => d.ConcurrentRequestCount);
    }

    internal static ulong Score(string conversation, string destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(conversation + "\n" + destination), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
