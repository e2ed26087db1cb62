using System.Globalization;
using Codex.Agent.Conversation;
using Codex.Agent.Sessions;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Reminds of a conversation that is gone on with: its last messages, without the tools between them.</summary>
internal static class StoredConversation
{
    private const int MostTurns = 3;
    private const int MostLines = 12;

    /// <returns>Whole lines; empty for a new conversation.</returns>
    public static string Show(IReadOnlyList<HistoryItem> items, Style style)
    {
        var said = items.OfType<HistoryItem.Message>().Where(m => m.Text.Length > 0 && (m.Role == "assistant" || ContextItems.IsUsersOwn(m))).ToList();
        var turns = said.Count(m => m.Role == "user");
        var from = said.FindIndex(m => m.Role == "user" && turns-- <= MostTurns);
        if (from < 0)
            return "";
        var left = from == 0 ? "" : style.Dim(string.Create(CultureInfo.InvariantCulture, $"… {from} earlier messages")) + "\n";
        return left + string.Concat(said.Skip(from).Select(m => m.Role == "user" ? $"\n{style.Bold(Quoted(m.Text))}\n" : Shortened(m.Text, style)));
    }

    /// <summary>A message of the user's, as it stands on the screen once it was sent.</summary>
    public static string Quoted(string text) => "> " + PlainText.Of(text).Replace("\n", "\n  ", StringComparison.Ordinal);

    private static string Shortened(string text, Style style)
    {
        var lines = PlainText.Of(text).TrimEnd('\n').Split('\n');
        var shown = string.Concat(lines.TakeLast(MostLines).Select(l => l + "\n"));
        return lines.Length <= MostLines ? shown : style.Dim(string.Create(CultureInfo.InvariantCulture, $"… {lines.Length - MostLines} lines")) + "\n" + shown;
    }
}
