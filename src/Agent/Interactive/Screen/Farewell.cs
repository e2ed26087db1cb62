using System.Globalization;
using Codex.Agent.Threads;

namespace Codex.Agent.Interactive.Screen;

/// <summary>What stays on the terminal of a conversation: what it cost, and how to go on with it.</summary>
internal static class Farewell
{
    /// <returns>Whole lines; empty when nothing was said.</returns>
    public static string Of(OpenThread thread, Style style)
    {
        var (conversation, used) = (thread.Thread.Setup.Conversation, thread.Thread.Setup.Conversation.Total);
        if (conversation.Items.Count == 0)
            return "";
        var cached = used.CachedInput > 0 ? string.Create(CultureInfo.InvariantCulture, $" (+ {used.CachedInput:N0} cached)") : "";
        var reasoning = used.ReasoningOutput > 0 ? string.Create(CultureInfo.InvariantCulture, $" (reasoning {used.ReasoningOutput:N0})") : "";
        // Codex's line, which scripts may look for.
        var usage = string.Create(
            CultureInfo.InvariantCulture,
            $"Token usage: total={used.Total - used.CachedInput:N0} input={used.Input - used.CachedInput:N0}{cached} output={used.Output:N0}{reasoning}");
        return (used.Total > 0 ? style.Dim(usage) + "\n" : "") + style.Dim($"To go on: codex-agent resume {thread.Id}") + "\n";
    }
}
