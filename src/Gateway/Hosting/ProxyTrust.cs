using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Codex.Gateway.Hosting;

/// <summary>Believes what named proxies say of the client's address and scheme, and nobody else.</summary>
internal static class ProxyTrust
{
    /// <summary>The reason why an entry of <c>TrustedProxies</c> cannot be used, or null.</summary>
    public static string? Problem(string entry) =>
        IPAddress.TryParse(entry, out _) || IPNetwork.TryParse(entry, out _)
            ? null
            : "is neither an address such as 10.0.0.7 nor a network such as 10.0.0.0/8";

    public static void UseTrustedProxies(this IApplicationBuilder app, ImmutableArray<string> entries)
    {
        if (entries.IsEmpty)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        // The defaults trust every program of this machine.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(IPNetwork.Parse(entry));
        }

        app.UseForwardedHeaders(options);
    }
}
