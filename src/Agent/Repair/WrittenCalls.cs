using Codex.Agent.Conversation;
using Codex.Translation.Text;

namespace Codex.Agent.Repair;

/// <summary>Finds the calls that a model wrote as text: the second line, behind the gateway.</summary>
internal static class WrittenCalls
{
    /// <param name="message">The answer's last message; null when it had none.</param>
    /// <param name="names">Tools that may be called.</param>
    public static IEnumerable<(string Name, string Arguments)> Find(string? message, IEnumerable<HistoryItem> answer, IReadOnlyCollection<string> names)
    {
        var text = message ?? "";
        // Some models never come out of their thinking: a call there counts only when they said nothing else.
        if (text.Trim().Length == 0)
            text = string.Join('\n', answer.OfType<HistoryItem.Reasoning>().Select(r => r.Text));
        var found = LeakedCalls.Find(text, IsTool);
        if (found.IsEmpty && message is not null)
            found = ClosingCalls.Find(message, IsTool);
        return found.Select(c => (c.Name, c.Arguments));

        bool IsTool(string name) => ToolNames.Find(name, ns: null, names) is not null;
    }
}
