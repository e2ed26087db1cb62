namespace Codex.Agent.Conversation;

/// <summary>Counts tokens where nobody else does: code and English come to about three and a half bytes each.</summary>
public static class TokenEstimate
{
    private const double BytesPerToken = 3.5;

    public static int Of(long bytes) => (int)Math.Ceiling(bytes / BytesPerToken);

    /// <summary>The bytes that so many tokens hold.</summary>
    public static int BytesOf(int tokens) => (int)(tokens * BytesPerToken);

    public static int Of(HistoryItem item) => Of(item.Json.Length);
}
