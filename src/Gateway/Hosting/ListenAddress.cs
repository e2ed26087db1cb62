using System.Net;
using System.Text;

namespace Codex.Gateway.Hosting;

/// <summary>Where to listen, as <c>Urls</c> has it.</summary>
public abstract record ListenAddress
{
    private const string SocketScheme = "unix:";

    /// <summary>What the shortest system (macOS) takes, without the closing zero.</summary>
    private const int LongestSocketPath = 103;

    private ListenAddress()
    {
    }

    /// <param name="Ip">Null for <c>localhost</c>: the loopback addresses of both families.</param>
    public sealed record Tcp(bool IsTls, IPAddress? Ip, int Port) : ListenAddress;

    /// <summary>Open to the user who runs the gateway only.</summary>
    public sealed record UnixSocket(string Path) : ListenAddress;

    /// <summary>Whether only programs of this machine get there.</summary>
    public bool IsLocal => this is not Tcp { Ip: { } ip } || IPAddress.IsLoopback(ip);

    /// <returns>The address, or the reason why it cannot be used.</returns>
    public static (ListenAddress? Address, string? Reason) Parse(string url)
    {
        if (url.StartsWith(SocketScheme, StringComparison.Ordinal))
            return ParseSocket(url, url[SocketScheme.Length..]);
        // Kestrel's wildcards are no valid host names.
        var separator = url.IndexOf("://", StringComparison.Ordinal);
        var text = separator > 0 && url[(separator + 3)..] is ['*' or '+', .. var rest] ? $"{url[..(separator + 3)]}[::]{rest}" : url;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return (null, $"\"{url}\" is not an address to listen on; write one such as {GatewaySettings.DefaultUrl}");
        if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return (null, $"\"{url}\" must end after the port; write {uri.Scheme}://{uri.Authority}");
        var isTls = uri.Scheme == "https";
        if (uri.Host == "localhost")
            return uri.Port == 0 ? (null, "\"localhost\" cannot take a free port; write http://127.0.0.1:0") : (new Tcp(isTls, Ip: null, uri.Port), null);
        return IPAddress.TryParse(uri.Host, out var ip)
            ? (new Tcp(isTls, ip, uri.Port), null)
            : (null, $"\"{url}\" names a host, and a gateway listens on addresses; write {uri.Scheme}://0.0.0.0:{uri.Port} for all of them, and the name into Hosts");
    }

    private static (ListenAddress? Address, string? Reason) ParseSocket(string url, string path)
    {
        if (!Path.IsPathFullyQualified(path))
            return (null, $"\"{url}\" must name a socket by its whole path, such as unix:/run/user/1000/codex-gateway.sock");
        return Encoding.UTF8.GetByteCount(path) <= LongestSocketPath
            ? (new UnixSocket(path), null)
            : (null, $"\"{url}\" is longer than the {LongestSocketPath} bytes that a socket's path may have");
    }
}
