namespace Codex.Gateway.Explain;

/// <summary>Headers as a story may show them.</summary>
internal static class StoryHeaders
{
    private const string Scheme = "Bearer ";
    private static readonly string[] Secret = ["Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "Cookie", "Set-Cookie"];

    /// <summary>What of a request's headers must not appear anywhere.</summary>
    public static IEnumerable<string> SecretsOf(HttpRequest request) =>
        Secret.Select(name => request.Headers[name].ToString().Trim())
            .Where(value => value.Length > 0)
            .Select(value => value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : value);

    public static KeyValuePair<string, string> Shown(string name, string value, Func<string, string> redact) =>
        KeyValuePair.Create(name.ToLowerInvariant(), Secret.Contains(name, StringComparer.OrdinalIgnoreCase) ? "[key]" : redact(value));
}
