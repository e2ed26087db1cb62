using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Codex.Gateway.Configuration;
using Codex.Gateway.Hosting;

namespace Codex.Gateway.CommandLine;

/// <summary>How a command reaches the gateway that runs with the same configuration.</summary>
internal static class GatewayConnection
{
    /// <summary>Holds a gateway key where the gateway has keys.</summary>
    public const string KeyVariable = "CODEX_GATEWAY_KEY";

    /// <summary>The address that is called and named to the user.</summary>
    public static string AddressOf(Configured configured) => configured.Settings.Urls[0].TrimEnd('/');

    /// <summary>A client for relative paths. It waits as long as the caller does.</summary>
    public static HttpClient Open(Configured configured)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = BaseAddress(ListenAddress.Parse(configured.Settings.Urls[0]).Address, handler) };
        if (configured.Settings.Tls is { } tls)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) => errors == SslPolicyErrors.None || IsOwn(shown, tls);
        // Without keys of its own a gateway would hand this one to the backend.
        if (!configured.Keys.IsEmpty && Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static Uri BaseAddress(ListenAddress? address, SocketsHttpHandler handler)
    {
        switch (address)
        {
            case ListenAddress.UnixSocket socket:
                handler.ConnectCallback = async (_, cancellation) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    try
                    {
                        await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket.Path), cancellation);
                        return new NetworkStream(connection, ownsSocket: true);
                    }
                    catch
                    {
                        connection.Dispose();
                        throw;
                    }
                };
                return new Uri("http://localhost/");
            case ListenAddress.Tcp tcp:
                return new UriBuilder(tcp.IsTls ? "https" : "http", Host(tcp.Ip), tcp.Port).Uri;
            default:
                throw new ArgumentException("Not an address to listen on.", nameof(address));
        }
    }

    /// <summary>Where all addresses are listened on, the machine's own is called.</summary>
    private static string Host(IPAddress? ip) => ip switch
    {
        null => "localhost",
        _ when ip.Equals(IPAddress.Any) => "127.0.0.1",
        _ when ip.Equals(IPAddress.IPv6Any) => "localhost",
        _ when ip.AddressFamily == AddressFamily.InterNetworkV6 => $"[{ip}]",
        _ => ip.ToString(),
    };

    /// <summary>The certificate of the configuration, whatever name it bears and whoever signed it.</summary>
    private static bool IsOwn(X509Certificate? shown, TlsSettings tls)
    {
        var (own, _) = ServerCertificate.Load(tls);
        using (own)
            return own is not null && shown is not null && own.Is(shown);
    }
}
