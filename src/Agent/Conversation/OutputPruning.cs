namespace Codex.Agent.Conversation;

/// <summary>
/// Makes room without a summary: outputs of tools that lie before the newest turns are replaced by a line that says so.
/// The call stays, so that the model can run it again.
/// </summary>
public static class OutputPruning
{
    private const string Gone = "[output dropped to make room; run the call again if it is needed]";

    /// <summary>Outputs shorter than this are not worth a broken prefix cache.</summary>
    private const int ShortestDropped = 400;

    /// <param name="keepTokens">Newest outputs that stay, in tokens.</param>
    /// <param name="least">Tokens that must be won; less changes nothing.</param>
    /// <returns>The items with old outputs dropped, or null when it would not help.</returns>
    public static IReadOnlyList<HistoryItem>? Prune(IReadOnlyList<HistoryItem> items, int keepTokens, int least)
    {
        var result = items.ToArray();
        var (kept, won) = (0, 0);
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (LengthOf(items[i]) is not { } length)
                continue;
            var tokens = TokenEstimate.Of(items[i]);
            if (kept + tokens <= keepTokens || length < ShortestDropped)
            {
                kept += tokens;
                continue;
            }

            result[i] = WithoutContent(items, i);
            won += tokens - TokenEstimate.Of(result[i]);
        }

        return won >= least ? result : null;
    }

    /// <summary>Characters of an output; null for everything else.</summary>
    private static int? LengthOf(HistoryItem item) => item switch
    {
        HistoryItem.Output output => output.Length,
        HistoryItem.Message message when TextOutput.Is(message) => message.Text.Length,
        _ => null,
    };

    private static HistoryItem WithoutContent(IReadOnlyList<HistoryItem> items, int index)
    {
        if (items[index] is not HistoryItem.Output output)
            return TextOutput.Of(Gone);
        var isFreeForm = items.Take(index).Any(c => c is HistoryItem.CustomCall call && call.CallId == output.CallId);
        return ToolOutputItem.Create(new Tools.ToolCall(output.CallId, "", isFreeForm), Tools.ToolResult.Text(Gone));
    }
}
