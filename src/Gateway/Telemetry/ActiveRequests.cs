using System.Collections.Concurrent;
using Codex.Gateway.Logging;

namespace Codex.Gateway.Telemetry;

/// <summary>The requests under way, for whoever wants to count them.</summary>
public sealed class ActiveRequests
{
    private readonly ConcurrentDictionary<RequestLog, bool> _requests = new();

    public IEnumerable<RequestLog> All => _requests.Select(r => r.Key);

    internal void Add(RequestLog request) => _requests.TryAdd(request, true);

    internal void Remove(RequestLog request) => _requests.TryRemove(request, out _);
}
