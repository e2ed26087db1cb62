using System.Globalization;
using System.Text;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Output;

/// <summary>Tells a person what happens, in the blocks Codex writes to stderr.</summary>
/// <param name="style">Colours where they are wanted; the text is the same without.</param>
/// <param name="reasoning">Gives what of the model's thoughts is shown; null for nothing.</param>
public sealed class ProgressText(Style style, Func<ThreadItem.Reasoning, string?> reasoning)
{
    /// <summary>Lines with their ends; empty for what is not told.</summary>
    public string Of(AgentEvent e) => e switch
    {
        AgentEvent.ItemCompleted { Item: ThreadItem.AgentMessage message } => style.Accent("codex") + "\n" + Plain(message.Text.TrimEnd()) + "\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.Reasoning thought } => reasoning(thought) is { } text ? style.Dim(Plain(text.TrimEnd())) + "\n" : "",
        AgentEvent.ItemStarted { Item: ThreadItem.CommandExecution command } =>
            $"{style.Accent("exec")}\n{style.Bold(VisibleText.Of(command.Command))}{(command.Directory is { } d ? " in " + VisibleText.Of(d) : "")}\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.CommandExecution command } => Ended(command),
        AgentEvent.ItemCompleted { Item: ThreadItem.FileChange change } => Changed(change),
        AgentEvent.ItemStarted { Item: ThreadItem.McpToolCall call } => $"{style.Accent("tool")} {style.Bold(Plain($"{call.Server}.{call.Tool}"))}({Plain(call.Arguments.GetRawText())})\n",
        AgentEvent.ItemCompleted { Item: ThreadItem.McpToolCall call } => $"{Plain($"{call.Server}.{call.Tool}")} {(call.Error is { } error ? style.Bad("failed:") + " " + Plain(error) : style.Good("succeeded"))}\n",
        AgentEvent.ItemStarted { Item: ThreadItem.TodoList list } => Plan(list),
        AgentEvent.ItemUpdated { Item: ThreadItem.TodoList list } => Plan(list),
        AgentEvent.ItemCompleted { Item: ThreadItem.Notice notice } => $"{style.Warning("warning:")} {Plain(notice.Message)}\n",
        AgentEvent.Trouble trouble => $"{style.Bad("ERROR:")} {Plain(trouble.Message)}\n",
        AgentEvent.Compacted => style.Dim("context compacted: earlier turns were replaced by a summary") + "\n",
        AgentEvent.TurnFailed failed => $"{style.Bad("ERROR:")} {Plain(failed.Message)}\n",
        AgentEvent.TurnInterrupted => style.Warning("interrupted") + "\n",
        AgentEvent.TurnCompleted completed => string.Create(CultureInfo.InvariantCulture, $"{style.Dim("tokens used")}\n{completed.Usage.Input - completed.Usage.CachedInput + completed.Usage.Output}\n"),
        _ => "",
    };

    /// <summary>What models, commands and servers write must not steer the terminal.</summary>
    private static string Plain(string text) => PlainText.WithTabs(text);

    private string Ended(ThreadItem.CommandExecution command)
    {
        var took = string.Create(CultureInfo.InvariantCulture, $"{command.Duration?.TotalMilliseconds ?? 0:0}ms");
        var how = command.Status switch
        {
            ItemStatus.Declined => style.Warning(" declined:"),
            _ when command.ExitCode == 0 => style.Good($" succeeded in {took}:"),
            _ => style.Bad(string.Create(CultureInfo.InvariantCulture, $" exited {command.ExitCode} in {took}:")),
        };
        return how + "\n" + Plain(command.Output.TrimEnd('\n')) + "\n\n";
    }

    private string Changed(ThreadItem.FileChange change)
    {
        var text = new StringBuilder(style.Accent("file update"));
        text.Append(change.Status == ItemStatus.Completed ? "\n" : style.Bad($" {change.Status.ToString().ToLowerInvariant()}") + "\n");
        foreach (var file in change.Changes)
            text.Append(file.Kind switch { ChangeKind.Add => "A ", ChangeKind.Delete => "D ", _ => "M " }).Append(VisibleText.Of(file.Path)).Append('\n');
        if (change.Diff is { Length: > 0 } diff)
            text.AppendJoin('\n', Plain(diff.TrimEnd('\n')).Split('\n').Select(Coloured)).Append('\n');
        return text.Append('\n').ToString();
    }

    private string Coloured(string line) => line switch
    {
        ['-', '-', '-', ' ', ..] or ['+', '+', '+', ' ', ..] => style.Bold(line),
        ['+', ..] => style.Good(line),
        ['-', ..] => style.Bad(line),
        ['@', ..] => style.Dim(line),
        _ => line,
    };

    private string Plan(ThreadItem.TodoList list)
    {
        var text = new StringBuilder(style.Accent("plan")).Append('\n');
        foreach (var todo in list.Items)
            text.Append("  ").Append(todo.Completed ? style.Good("[x]") : "[ ]").Append(' ').Append(Plain(todo.Text)).Append('\n');
        return text.ToString();
    }
}
