namespace Codex.Gateway.Proxy;

/// <summary>What stays the same from turn to turn of one conversation, or null.</summary>
public static class ConversationId
{
    private static readonly string[] Headers = ["thread-id", "session-id", "session_id"];

    public static string? Of(HttpRequest request, string? promptCacheKey)
    {
        if (!string.IsNullOrEmpty(promptCacheKey))
            return promptCacheKey;
        foreach (var name in Headers)
        {
            if (request.Headers[name].ToString() is { Length: > 0 } value)
                return value;
        }

        return null;
    }
}
