using System.Collections.Immutable;
using Codex.Gateway.Hosting;

namespace Codex.Gateway.Configuration;

/// <summary>Checks where and how the gateway may listen: what other machines can reach needs keys and TLS.</summary>
internal sealed class ListenResolver(ProblemList problems, IReadOnlyDictionary<string, string> variables)
{
    public ImmutableArray<string> ResolveUrls(GatewayOptions options)
    {
        // "a;b" in one text is how ASP.NET Core writes several.
        ImmutableArray<string> all = [.. options.Urls.SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        foreach (var url in all)
        {
            var (address, reason) = ListenAddress.Parse(url);
            if (address is not null)
                reason = Refusal(url, address, options);
            if (reason is not null)
                problems.Add(KeyPath.Root.Child(nameof(options.Urls)), reason);
        }

        return all.IsEmpty ? [GatewaySettings.DefaultUrl] : all;
    }

    public TlsSettings? ResolveTls(TlsOptions options)
    {
        var path = KeyPath.Root.Child(nameof(GatewayOptions.Tls));
        if (options.Certificate is not { } certificate)
        {
            if (options != new TlsOptions())
                problems.Add(path, "has no Certificate; add the file of the certificate");
            return null;
        }

        if (options.PasswordEnv is { } variable && KeyVariable.Problem(variable, variables) is { } reason)
            problems.Add(path.Child(nameof(options.PasswordEnv)), reason);
        return new TlsSettings(
            InFolderOf(path.Child(nameof(options.Certificate)), certificate),
            options.Key is { } key ? InFolderOf(path.Child(nameof(options.Key)), key) : null,
            options.PasswordEnv);
    }

    public ImmutableArray<string> ResolveProxies(ImmutableArray<string> entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (ProxyTrust.Problem(entries[i]) is { } reason)
                problems.Add(KeyPath.Root.Child(nameof(GatewayOptions.TrustedProxies)).Item(i), reason);
        }

        return entries;
    }

    private static string? Refusal(string url, ListenAddress address, GatewayOptions options)
    {
        if (address is ListenAddress.Tcp { IsTls: true } && options.Tls.Certificate is null)
            return $"\"{url}\" needs a certificate; name its file in Tls.Certificate, or write http://";
        if (address.IsLocal)
            return null;
        if (options.Keys.IsEmpty)
            return $"\"{url}\" can be reached from other machines, where everybody could use your models; make a key first (codex-gateway keys add NAME), or write {GatewaySettings.DefaultUrl}";
        return address is ListenAddress.Tcp { IsTls: false } && !options.PlainHttp
            ? $"\"{url}\" can be reached from other machines without TLS, and keys and prompts would travel readably; write https:// and set Tls.Certificate, or set PlainHttp to true where a proxy in front has TLS"
            : null;
    }

    /// <summary>A path in a file is meant from where the file is.</summary>
    private string InFolderOf(KeyPath key, string path) =>
        problems.PlaceOf(key) is SettingPlace.File { Path: { Length: > 0 } file } ? Path.Combine(Path.GetDirectoryName(file) ?? "", path) : path;
}
