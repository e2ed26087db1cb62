using System.Globalization;
using System.Text;
using Codex.Agent.Events;

namespace Codex.Agent.Output;

/// <summary>Tells a person what happens, in the blocks Codex writes to stderr.</summary>
public static class ProgressText
{
    /// <summary>Lines with their ends; empty for what is not told.</summary>
    /// <param name="showsReasoning">False hides what the model thinks.</param>
    public static string Of(AgentEvent e, bool showsReasoning) => e switch
    {
        AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message } => "codex\n" + message.Text.TrimEnd() + "\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.Reasoning reasoning } => showsReasoning ? reasoning.Text.TrimEnd() + "\n" : "",
        AgentEvent.ItemStarted { Item: ThreadItem.CommandExecution command } => $"exec\n{command.Command}{(command.Directory is { } d ? " in " + d : "")}\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.CommandExecution command } => Ended(command),
        AgentEvent.ItemCompleted { Item: ThreadItem.FileChange change } => Changed(change),
        AgentEvent.ItemStarted { Item: ThreadItem.McpToolCall call } => $"tool {call.Server}.{call.Tool}({call.Arguments.GetRawText()})\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.McpToolCall call } => $"{call.Server}.{call.Tool} {(call.Error is { } error ? "failed: " + error : "succeeded")}\n",
        AgentEvent.ItemStarted { Item: ThreadItem.TodoList list } => Plan(list),
        AgentEvent.ItemUpdated { Item: ThreadItem.TodoList list } => Plan(list),
        AgentEvent.ItemCompleted { Item: ThreadItem.Notice notice } => $"warning: {notice.Message}\n",
        AgentEvent.Trouble trouble => $"ERROR: {trouble.Message}\n",
        AgentEvent.Compacted => "context compacted: earlier turns were replaced by a summary\n",
        AgentEvent.TurnFailed failed => $"ERROR: {failed.Message}\n",
        AgentEvent.TurnInterrupted => "interrupted\n",
        AgentEvent.TurnCompleted completed => string.Create(CultureInfo.InvariantCulture, $"tokens used\n{completed.Usage.Input - completed.Usage.CachedInput + completed.Usage.Output}\n"),
        _ => "",
    };

    private static string Ended(ThreadItem.CommandExecution command)
    {
        var took = string.Create(CultureInfo.InvariantCulture, $"{command.Duration?.TotalMilliseconds ?? 0:0}ms");
        var how = command.Status switch
        {
            ItemStatus.Declined => " declined:",
            _ when command.ExitCode == 0 => $" succeeded in {took}:",
            _ => string.Create(CultureInfo.InvariantCulture, $" exited {command.ExitCode} in {took}:"),
        };
        return how + "\n" + command.Output.TrimEnd('\n') + "\n\n";
    }

    private static string Changed(ThreadItem.FileChange change)
    {
        var text = new StringBuilder(change.Status == ItemStatus.Completed ? "file update\n" : $"file update {change.Status.ToString().ToLowerInvariant()}\n");
        foreach (var file in change.Changes)
            text.Append(file.Kind switch { ChangeKind.Add => "A ", ChangeKind.Delete => "D ", _ => "M " }).Append(file.Path).Append('\n');
        if (change.Diff is { Length: > 0 } diff)
            text.Append(diff.TrimEnd('\n')).Append('\n');
        return text.Append('\n').ToString();
    }

    private static string Plan(ThreadItem.TodoList list)
    {
        var text = new StringBuilder("plan\n");
        foreach (var todo in list.Items)
            text.Append(todo.Completed ? "  [x] " : "  [ ] ").Append(todo.Text).Append('\n');
        return text.ToString();
    }
}
