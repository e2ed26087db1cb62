using System.Collections.Immutable;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Threads;

namespace Codex.Agent.Sessions;

/// <summary>A session as its rollout file tells it.</summary>
/// <param name="FilePath">Absolute.</param>
/// <param name="Items">The conversation as it stood at the end, with everything the agent that wrote it told the model.</param>
/// <param name="Total">Tokens of the whole thread.</param>
/// <param name="Window">Of the model that ran last; 0 when the file does not say.</param>
/// <param name="WorkingDirectory">Of the last turn.</param>
/// <param name="Model">Of the last turn; null when the file does not say.</param>
/// <param name="NextOrdinal">Number of the next line in a file whose lines are numbered; Codex refuses such a file when a line lacks its number. Null in others.</param>
/// <param name="UnreadableLines">Left out: half a line that a killed run left, and what is no JSON.</param>
public sealed record StoredSession(
    string FilePath,
    RolloutHead Head,
    ImmutableArray<HistoryItem> Items,
    TokenUsage Total,
    int Window,
    string WorkingDirectory,
    string? Model,
    long? NextOrdinal,
    int UnreadableLines)
{
    /// <summary>What the model has to hear again: without the surroundings of then, every call with its output.</summary>
    public StoredThread ToThread() => new(Head.ThreadId, [.. Paired(Items.Where(i => !ContextItems.IsContext(i)).ToList())], Total);

    /// <summary>A call that was running when the program died has no output, and a server refuses it so; an output alone is refused too.</summary>
    private static IEnumerable<HistoryItem> Paired(List<HistoryItem> items)
    {
        var answered = items.OfType<HistoryItem.Output>().Select(o => o.CallId).ToHashSet(StringComparer.Ordinal);
        var called = items.Select(CallId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is HistoryItem.Output output && !called.Contains(output.CallId))
                continue;
            yield return item;
            if (CallId(item) is { } id && !answered.Contains(id))
                yield return ToolOutputItem.Create(new(id, "", item is HistoryItem.CustomCall), Tools.ToolResult.Failed("aborted"));
        }
    }

    private static string? CallId(HistoryItem item) => item switch
    {
        HistoryItem.FunctionCall call => call.CallId,
        HistoryItem.CustomCall call => call.CallId,
        _ => null,
    };
}

/// <summary>What became of reading a rollout file.</summary>
public abstract record SessionRead
{
    private SessionRead()
    {
    }

    public sealed record Whole(StoredSession Session) : SessionRead;

    /// <param name="Message">Names the file and the next step.</param>
    public sealed record Unreadable(string Message) : SessionRead;
}
