using System.Net;

namespace Codex.Gateway.Configuration;

/// <summary>Checks an address to listen on before Kestrel sees it.</summary>
internal static class ListenAddress
{
    /// <summary>The reason why the address cannot be used, or null.</summary>
    public static string? Problem(string url)
    {
        // Kestrel's wildcards are no valid host names; they and host names mean: reachable from outside.
        var separator = url.IndexOf("://", StringComparison.Ordinal);
        if (separator > 0 && url[(separator + 3)..] is ['*' or '+', ..])
            return NotLoopback(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return $"\"{url}\" is not an address to listen on; write one such as {GatewayOptions.DefaultUrl}";
        if (uri.Scheme == "https")
            return $"\"{url}\": https is not served; write http://";
        if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return $"\"{url}\" must end after the port; write {uri.Scheme}://{uri.Authority}";
        if (uri.Host == "localhost")
            return uri.Port == 0 ? "\"localhost\" cannot take a free port; write http://127.0.0.1:0" : null;
        return IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip) ? null : NotLoopback(url);
    }

    private static string NotLoopback(string url) =>
        $"\"{url}\" can be reached from other machines, which is refused until gateway keys exist; write {GatewayOptions.DefaultUrl} or another port of 127.0.0.1";
}
