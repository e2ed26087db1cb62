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
            if (items[i] is not HistoryItem.Output output)
                continue;
            var tokens = TokenEstimate.Of(output);
            if (kept + tokens <= keepTokens || output.Length < ShortestDropped)
            {
                kept += tokens;
                continue;
            }

            var isFreeForm = items.Take(i).Any(c => c is HistoryItem.CustomCall call && call.CallId == output.CallId);
            result[i] = ToolOutputItem.Create(new Tools.ToolCall(output.CallId, "", isFreeForm), Tools.ToolResult.Text(Gone));
            won += tokens - TokenEstimate.Of(result[i]);
        }

        return won >= least ? result : null;
    }
}
