using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Codex.Gateway.Hosting;

/// <summary>The gateway's own certificate with its chain, read once at the start.</summary>
public sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _certificate = certificate;
        _chain = chain;
    }

    /// <returns>The certificate, or the reason why it cannot be used, with the key's name and the next step.</returns>
    public static (ServerCertificate? Certificate, string? Reason) Load(TlsSettings settings)
    {
        var password = settings.PasswordEnv is { } variable ? Environment.GetEnvironmentVariable(variable) : null;
        try
        {
            var loaded = IsPkcs12(settings.Certificate) ? LoadPkcs12(settings.Certificate, password) : LoadPem(settings, password);
            if (loaded._certificate.HasPrivateKey)
                return (loaded, null);
            loaded.Dispose();
            return (null, $"Tls.Certificate {settings.Certificate} has no private key; name its file in Tls.Key");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"Tls names {(File.Exists(settings.Certificate) ? settings.Key : settings.Certificate)}, and there is no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, $"Tls names {settings.Certificate}, which may not be read, or its key may not; change permissions or owner");
        }
        catch (Exception e) when (e is CryptographicException or IOException or ArgumentException)
        {
            return (null, $"Tls.Certificate {settings.Certificate} cannot be used with its key: wrong format, a key of another certificate, or a password that is missing or wrong (Tls.PasswordEnv)");
        }
    }

    public void Configure(HttpsConnectionAdapterOptions options)
    {
        options.ServerCertificate = _certificate;
        options.ServerCertificateChain = _chain;
    }

    /// <summary>Whether it is this one, byte by byte.</summary>
    public bool Is(X509Certificate shown) => shown.GetRawCertData().AsSpan().SequenceEqual(_certificate.RawData);

    public void Dispose()
    {
        _certificate.Dispose();
        foreach (var issuer in _chain)
            issuer.Dispose();
    }

    private static bool IsPkcs12(string path) =>
        path.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".p12", StringComparison.OrdinalIgnoreCase);

    private static ServerCertificate LoadPkcs12(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? all[0];
        all.Remove(own);
        return new ServerCertificate(own, all);
    }

    private static ServerCertificate LoadPem(TlsSettings settings, string? password)
    {
        using var own = password is null
            ? X509Certificate2.CreateFromPemFile(settings.Certificate, settings.Key)
            : X509Certificate2.CreateFromEncryptedPemFile(settings.Certificate, password, settings.Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(settings.Certificate);
        chain.RemoveAt(0);
        // Some systems cannot serve with a key that exists in memory only.
        return new ServerCertificate(X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null), chain);
    }
}
