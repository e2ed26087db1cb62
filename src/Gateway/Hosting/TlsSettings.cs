namespace Codex.Gateway.Hosting;

/// <summary>Where the certificate for https is.</summary>
/// <param name="Certificate">A PEM file, whole chain or leaf alone, or a PKCS#12 file (.pfx, .p12).</param>
/// <param name="Key">The key's PEM file; null when it is in <paramref name="Certificate"/>.</param>
/// <param name="PasswordEnv">The environment variable that holds the password of the key or the PKCS#12 file; null without one.</param>
public sealed record TlsSettings(string Certificate, string? Key, string? PasswordEnv);
