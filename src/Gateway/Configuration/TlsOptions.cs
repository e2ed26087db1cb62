using System.ComponentModel;

namespace Codex.Gateway.Configuration;

public sealed record TlsOptions
{
    [Description("Certificate file: PEM (the leaf first, then its chain) or PKCS#12 (.pfx, .p12).")]
    public string? Certificate { get; init; }

    [Description("PEM file of the private key, unless it is in Certificate.")]
    public string? Key { get; init; }

    [Description("Name of the environment variable that holds the password of the key or of the PKCS#12 file.")]
    public string? PasswordEnv { get; init; }
}
