namespace Codex.ConfigTool.Providers;

/// <summary>Rules for the address of a provider. Codex does not check it.</summary>
public static class BaseUrl
{
    /// <returns>What is wrong, or null. Never repeats the address, since it may hold a password.</returns>
    public static string? Fault(string text)
    {
        if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return "the address may not hold blanks or line ends";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return "the address must be whole, such as https://host/v1";
        if (url.UserInfo.Length > 0)
            return "the address may not hold a name or password; use --env-key";
        return url.Query.Length > 0 || url.Fragment.Length > 0 || text.AsSpan().ContainsAny('?', '#')
            ? "the address may not have a '?' or '#' part; set query_params with --set"
            : null;
    }

    /// <summary>Things that work but are probably not meant. The address must be one that <see cref="Fault"/> accepts.</summary>
    public static IEnumerable<string> Doubts(string text)
    {
        if (LacksVersion(text))
            yield return VersionDoubt(text);
        if (IsOpen(text))
            yield return OpenDoubt(text);
    }

    /// <summary>The path does not end as those of most servers do.</summary>
    internal static bool LacksVersion(string text) => !new Uri(text).AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal);

    /// <summary>Not encrypted, and not on this machine.</summary>
    internal static bool IsOpen(string text) => new Uri(text) is { Scheme: "http", IsLoopback: false };

    internal static string VersionDoubt(string text) => $"{text} does not end in /v1; Codex will call {text.TrimEnd('/')}/responses";

    internal static string OpenDoubt(string text) => $"{text} is not encrypted: keys and code can be read on the way";
}
