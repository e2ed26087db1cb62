using System.Collections.Immutable;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Translation.Text;

namespace Codex.Gateway.Proxy;

/// <summary>The key and the configured headers of one request to a backend.</summary>
/// <param name="Headers">Sent in place of client headers of the same name.</param>
/// <param name="HasSecret">Whether a key is among the headers.</param>
/// <param name="Redaction">Blots out what is secret in them where a backend repeats it.</param>
public sealed record UpstreamCredentials(ImmutableArray<KeyValuePair<string, string>> Headers, bool HasSecret, Redaction Redaction)
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads the environment now, so that nothing secret is kept longer than a request.</summary>
    /// <param name="unset">The first environment variable that has no value; then the result is null.</param>
    public static UpstreamCredentials? Read(Provider provider, HttpRequest request, out string? unset) =>
        Read(provider, ClientKey.Of(request), out unset);

    /// <param name="clientAuthorization">The client's <c>Authorization</c> header; null where no client asks.</param>
    /// <param name="unset">As above.</param>
    public static UpstreamCredentials? Read(Provider provider, string? clientAuthorization, out string? unset)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var secrets = new List<string>();
        unset = null;
        switch (provider.Key)
        {
            case KeySource.EnvironmentVariable variable:
                if (Value(variable.Name) is not { } value)
                {
                    unset = variable.Name;
                    return null;
                }

                secrets.Add(value);
                headers.Add(new("Authorization", Scheme + value));
                break;
            case KeySource.ClientBearer when clientAuthorization is { } authorization:
                secrets.Add(authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : authorization);
                headers.Add(new("Authorization", authorization));
                break;
        }

        foreach (var (name, value) in provider.Headers)
            headers.Add(new(name, value));
        foreach (var (name, variable) in provider.HeadersFromEnv)
        {
            if (Value(variable) is not { } value)
            {
                unset = variable;
                return null;
            }

            secrets.Add(value);
            headers.Add(new(name, value));
        }

        return new UpstreamCredentials(headers.ToImmutable(), secrets.Count > 0, new Redaction(secrets.Select(s => new Secret(s, PublicPrefix(provider, s)))));
    }

    private static int PublicPrefix(Provider provider, string key) => BackendRegistry.For(provider.Dialect.Name).Keys?.PrefixOf(key)?.Length ?? 0;

    private static string? Value(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } value ? value : null;
}
