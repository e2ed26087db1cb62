using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Codex.Agent.Client;

/// <summary>How servers are reached: through the proxy that the environment names, trusting also the authorities that the user names.</summary>
public static class ServerConnection
{
    /// <summary>Codex's variable: a file of certificates (PEM) that are trusted beside those of the system.</summary>
    public const string AuthoritiesVariable = "CODEX_CA_CERTIFICATE";

    /// <param name="authorities">Path of such a file; null for none.</param>
    /// <returns>The handler, or why the file cannot be used.</returns>
    public static (SocketsHttpHandler? Handler, string? Problem) Create(string? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect could carry the key to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Proxy = new ProxyOfEnvironment(),
        };
        if (authorities is null)
            return (handler, null);
        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(authorities);
            if (trusted.Count > 0)
            {
                handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, faults) => IsTrusted(certificate, chain, faults, trusted);
                return (handler, null);
            }
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Told below.
        }

        handler.Dispose();
        return (null, $"{AuthoritiesVariable} names {authorities}, which holds no certificates that can be read; correct or unset the variable.");
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors faults, X509Certificate2Collection trusted)
    {
        if (faults == SslPolicyErrors.None)
            return true;
        // A wrong name or none is wrong whoever signed it.
        if (faults != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(shown);
    }

    /// <summary><c>HTTPS_PROXY</c> and its kin, but never for this machine: a gateway here is not to be had through a proxy elsewhere.</summary>
    private sealed class ProxyOfEnvironment : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set => HttpClient.DefaultProxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
