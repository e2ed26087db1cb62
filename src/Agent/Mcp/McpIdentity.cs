using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Agent.Mcp;

/// <summary>Which servers the administrator of the machine allows: name and identity must both fit.</summary>
internal static class McpIdentity
{
    /// <param name="allowed"><c>[mcp_servers]</c> of requirements.toml; null allows all.</param>
    /// <param name="source">The file, for the reason.</param>
    public static McpServer Restrict(McpServer server, JsonElement? allowed, string? source)
    {
        if (allowed is not { } table || IsAllowed(server, table))
            return server;
        return server with { IsEnabled = false, DisabledReason = $"{source ?? "requirements.toml"} does not allow it" };
    }

    private static bool IsAllowed(McpServer server, JsonElement table)
    {
        if (table.ValueKind != JsonValueKind.Object || !table.TryGetProperty(server.Name, out var entry)
            || entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("identity", out var identity) || identity.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        return server.Transport switch
        {
            McpTransport.Stdio stdio => identity.TryGetProperty("command", out var command) && Fits(command, stdio.Command),
            McpTransport.Http http => identity.TryGetProperty("url", out var url) && Fits(url, http.Url.OriginalString),
            _ => throw new NotSupportedException(server.Transport.GetType().Name),
        };
    }

    private static bool Fits(JsonElement matcher, string value)
    {
        if (matcher.ValueKind == JsonValueKind.String)
            return matcher.GetString() == value;
        return (Text(matcher, "exact") is { } exact && exact == value)
            || (Text(matcher, "prefix") is { } prefix && value.StartsWith(prefix, StringComparison.Ordinal))
            || (Text(matcher, "regex") is { } regex && FitsRegex(regex, value));
    }

    /// <summary>The whole value must fit, so that a pattern without anchors allows no more than it seems to.</summary>
    private static bool FitsRegex(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement table, string key) =>
        table.ValueKind == JsonValueKind.Object && table.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
