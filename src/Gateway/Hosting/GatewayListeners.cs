using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Codex.Gateway.Hosting;

/// <summary>Opens what the gateway listens on.</summary>
internal static class GatewayListeners
{
    /// <param name="certificate">For addresses that begin with https.</param>
    public static void Listen(this KestrelServerOptions kestrel, GatewaySettings settings, ServerCertificate? certificate)
    {
        foreach (var url in settings.Urls)
        {
            switch (ListenAddress.Parse(url).Address)
            {
                case ListenAddress.UnixSocket socket:
                    kestrel.ListenUnixSocket(socket.Path);
                    break;
                case ListenAddress.Tcp { Ip: null } local:
                    kestrel.ListenLocalhost(local.Port, Secure(local));
                    break;
                case ListenAddress.Tcp tcp when tcp.Ip.Equals(IPAddress.IPv6Any):
                    kestrel.ListenAnyIP(tcp.Port, Secure(tcp));
                    break;
                case ListenAddress.Tcp tcp:
                    kestrel.Listen(tcp.Ip, tcp.Port, Secure(tcp));
                    break;
                default:
                    throw new ArgumentException($"Not an address to listen on: {url}", nameof(settings));
            }
        }

        Action<ListenOptions> Secure(ListenAddress.Tcp address) => endpoint =>
        {
            if (address.IsTls)
                endpoint.UseHttps((certificate ?? throw new InvalidOperationException("https without a certificate")).Configure);
        };
    }

    /// <summary>
    /// A socket's file is closed to others before anybody can connect, and one that a gateway left behind when it was
    /// killed is taken away.
    /// </summary>
    public static Socket Bind(EndPoint endpoint)
    {
        if (endpoint is not UnixDomainSocketEndPoint socket)
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        var path = socket.ToString()!;
        RemoveStale(path, socket);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(socket);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return listener;
    }

    private static void RemoveStale(string path, UnixDomainSocketEndPoint endpoint)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endpoint);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException)
        {
            // No socket, or none of ours: it stays, and the address is taken.
        }

        throw new AddressInUseException($"{path} exists");
    }

    /// <summary>Connecting to a plain file is refused, too; what has bytes in it is no socket.</summary>
    private static bool IsSocket(string path) => new FileInfo(path).Length == 0;
}
