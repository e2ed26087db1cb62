namespace Codex.Gateway.Proxy;

/// <summary>The key a client brings along.</summary>
internal static class ClientKey
{
    /// <summary>
    /// Stands for no key. Codex asks for a catalogue only with a key, and other clients refuse to start without one.
    /// </summary>
    private const string NoKey = "Bearer none";

    /// <summary>The <c>Authorization</c> header as it is, or null when there is no key in it.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString().Trim() is { Length: > 0 } sent && !sent.Equals(NoKey, StringComparison.OrdinalIgnoreCase) ? sent : null;
}
