using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>The gateway key a client sends: as a bearer, or in a header some client libraries have for it.</summary>
internal static class PresentedKey
{
    private const string Scheme = "Bearer ";

    private static readonly string[] OtherHeaders = ["x-api-key", "api-key"];

    public static string? Of(HttpRequest request)
    {
        if (ClientKey.Of(request) is { } authorization && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return authorization[Scheme.Length..].Trim();
        foreach (var name in OtherHeaders)
        {
            if (request.Headers[name].ToString().Trim() is { Length: > 0 } value)
                return value;
        }

        return null;
    }

    /// <summary>What is not there cannot go to a backend, into a log or into an error text.</summary>
    public static void Remove(HttpRequest request)
    {
        request.Headers.Remove("Authorization");
        foreach (var name in OtherHeaders)
            request.Headers.Remove(name);
    }
}
