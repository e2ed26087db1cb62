using System.Net;

namespace Codex.Gateway.Keys;

/// <summary>Tells a program of this machine from one that comes through a proxy on this machine.</summary>
internal static class LocalCaller
{
    private static readonly string[] SignsOfProxies =
        ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Original-For", "X-Real-IP"];

    /// <summary>A loopback connection or a Unix socket, over which nobody else was forwarded.</summary>
    public static bool Is(HttpContext context)
    {
        foreach (var name in SignsOfProxies)
        {
            if (context.Request.Headers.ContainsKey(name))
                return false;
        }

        return context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
    }
}
