using System.Net;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>What somebody who has just put gateway keys into force should know.</summary>
internal static class KeyNotes
{
    /// <summary>One sentence a provider that may miss the keys which clients sent until now; servers of this machine rarely want one.</summary>
    public static IEnumerable<string> About(Configured configured) => configured.Keys.IsEmpty
        ? []
        : configured.Providers
            .Where(p => p is { Key: KeySource.NoKey, HeadersFromEnv.IsEmpty: true } && p.Replicas.Any(r => !IsLocal(r)))
            .Select(p => $"Provider '{p.Name}' gets no key: with gateway keys on, what clients send goes to no backend. If it wants one, set Providers.{p.Name}.ApiKeyEnv.");

    private static bool IsLocal(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
