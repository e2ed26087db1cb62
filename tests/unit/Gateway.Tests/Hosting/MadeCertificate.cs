using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Codex.Gateway.Hosting;

namespace Codex.Gateway.Tests.Hosting;

/// <summary>A certificate for localhost that nobody else signed, in files.</summary>
internal static class MadeCertificate
{
    /// <param name="folder">Where the files are put.</param>
    /// <param name="kind"><c>pem</c>, <c>one-pem</c> with the key in the same file, or <c>pfx</c>.</param>
    /// <param name="password">Of the key; null for none.</param>
    /// <param name="variable">The environment variable that holds the password.</param>
    public static (TlsSettings Settings, string Thumbprint) Make(string folder, string kind, string? password, string? variable)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var made = request.CreateSelfSigned(start, start.AddYears(50));
        var (certificate, keyFile) = (Path.Combine(folder, kind == "pfx" ? "c.pfx" : "c.pem"), Path.Combine(folder, "k.pem"));
        var keyText = password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        if (kind == "pfx")
            File.WriteAllBytes(certificate, made.Export(X509ContentType.Pkcs12, password));
        else
            File.WriteAllText(certificate, made.ExportCertificatePem() + (kind == "one-pem" ? "\n" + keyText : ""));
        File.WriteAllText(keyFile, keyText);
        return (new TlsSettings(certificate, kind == "pem" ? keyFile : null, variable), made.Thumbprint);
    }
}
