namespace Codex.Agent.Conversation;

/// <summary>What a conversation becomes when its earlier turns are replaced by a summary.</summary>
public static class Compaction
{
    /// <summary>Marks the summary for us when a thread is resumed; to other agents it is a message like any other.</summary>
    public const string Mark = "[summary of the conversation so far]";

    private const int MostKeptTokens = 20_000;

    /// <summary>The user's own messages, newest first as far as there is room, in their order; then the summary.</summary>
    public static IReadOnlyList<HistoryItem> Apply(IReadOnlyList<HistoryItem> items, string summary, int window)
    {
        var room = Math.Min(MostKeptTokens, window / 4);
        var kept = new List<HistoryItem>();
        for (var i = items.Count - 1; i >= 0 && room > 0; i--)
        {
            if (items[i] is not HistoryItem.Message { Role: "user" } message || message.Text.StartsWith(Mark, StringComparison.Ordinal) || TextOutput.Is(message))
                continue;
            var tokens = TokenEstimate.Of(message);
            kept.Add(tokens <= room ? message : Shortened(message, room));
            room -= tokens;
        }

        kept.Reverse();
        var told = summary.Trim();
        kept.Add(HistoryItem.NewMessage("user", Mark + "\n" + (told.Length == 0 ? "(no summary available)" : told)));
        return kept;
    }

    /// <summary>Without the oldest turn, calls and outputs together; null when there is only one.</summary>
    public static IReadOnlyList<HistoryItem>? WithoutOldest(IReadOnlyList<HistoryItem> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (items[i] is HistoryItem.Message { Role: "user" } && !TextOutput.Is(items[i]))
                return [.. items.Skip(i)];
        }

        // One long turn: drop its oldest calls, each with its output.
        var first = items.ToList().FindIndex(i => i is HistoryItem.FunctionCall or HistoryItem.CustomCall);
        if (first < 0)
            return WithoutOldestText(items);
        var id = items[first] switch
        {
            HistoryItem.FunctionCall call => call.CallId,
            HistoryItem.CustomCall call => call.CallId,
            _ => "",
        };
        var output = items.ToList().FindIndex(first, i => i is HistoryItem.Output o && o.CallId == id);
        return [.. items.Where((_, i) => i != first && i != output)];
    }

    /// <summary>Without the oldest result that went back as text, and the answer that asked for it.</summary>
    private static IReadOnlyList<HistoryItem>? WithoutOldestText(IReadOnlyList<HistoryItem> items)
    {
        var output = items.ToList().FindIndex(TextOutput.Is);
        return output < 1 ? null : [.. items.Where((_, i) => i != output && i != output - 1)];
    }

    private static HistoryItem.Message Shortened(HistoryItem.Message message, int tokens)
    {
        var length = Math.Min(message.Text.Length, tokens * 3);
        // Not in the middle of a surrogate pair.
        if (length > 0 && length < message.Text.Length && char.IsHighSurrogate(message.Text[length - 1]))
            length--;
        return HistoryItem.NewMessage(message.Role, message.Text[..length] + " […]");
    }
}
