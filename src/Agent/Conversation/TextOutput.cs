using Codex.Agent.Tools;

namespace Codex.Agent.Conversation;

/// <summary>
/// Carries the results of calls that a model wrote as text: its template knows no messages of tools, so they are a
/// message of the user's, marked as what they are.
/// </summary>
public static class TextOutput
{
    private const string Open = "<tool_response>\n";
    private const string Close = "\n</tool_response>";

    public static HistoryItem.Message Create(IEnumerable<ToolResult> results) => Of(string.Join(
        Close + "\n" + Open, results.Select(r => string.Concat(r.Content.OfType<ToolContent.Text>().Select(t => t.Value)))));

    public static HistoryItem.Message Of(string text) => HistoryItem.NewMessage("user", Open + text + Close);

    public static bool Is(HistoryItem item) => item is HistoryItem.Message { Role: "user" } message && message.Text.StartsWith(Open, StringComparison.Ordinal);
}
