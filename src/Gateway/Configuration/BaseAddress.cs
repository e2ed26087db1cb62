namespace Codex.Gateway.Configuration;

/// <summary>Understands the address of a backend as people write it.</summary>
internal static class BaseAddress
{
    private const string ChatPath = "/chat/completions";

    /// <summary>The address before <c>/chat/completions</c> without a trailing slash, or the reason why it cannot be used.</summary>
    public static (Uri? Address, string? Reason) Read(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return (null, "must be an address such as http://127.0.0.1:8000/v1");
        if (uri.UserInfo.Length > 0)
            return (null, "must not hold a user or password; name a variable in ApiKeyEnv or HeadersFromEnv");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return (null, "must not hold a query (?) or a fragment (#)");

        var path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(ChatPath, StringComparison.OrdinalIgnoreCase))
            path = path[..^ChatPath.Length];
        else if (path.Length == 0)
            // Nearly every backend serves below /v1; one that does not is written with its whole path.
            path = "/v1";
        return (new Uri(uri.GetLeftPart(UriPartial.Authority) + path), null);
    }
}
