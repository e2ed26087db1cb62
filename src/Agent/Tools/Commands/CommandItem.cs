using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.Events;
using Codex.Agent.Processes;

namespace Codex.Agent.Tools.Commands;

/// <summary>Tells of one command from its start to its end, which may be in a later call.</summary>
internal sealed class CommandItem
{
    private readonly OutputBuffer _output = new();
    private readonly ThreadItem.CommandExecution _item;
    private volatile bool _hasEnded;

    private CommandItem(ThreadItem.CommandExecution item) => _item = item;

    public static CommandItem Start(ImmutableArray<string> words, string directory, ToolContext context)
    {
        var item = new ThreadItem.CommandExecution(context.NextItemId(), ShellWords.Join(words), "", ExitCode: null, ItemStatus.InProgress)
        {
            Directory = directory,
        };
        context.Emit(new AgentEvent.ItemStarted(item));
        return new CommandItem(item);
    }

    /// <summary>Takes output that is shown while it comes.</summary>
    public void Hear(string text, ToolContext context)
    {
        if (text.Length == 0 || _hasEnded)
            return;
        _output.Append(Encoding.UTF8.GetBytes(text));
        context.Emit(new AgentEvent.OutputDelta(_item.Id, text));
    }

    public void Exited(int exitCode, TimeSpan duration, ToolContext context) =>
        Complete(_output.Take(), exitCode, exitCode == 0 ? ItemStatus.Completed : ItemStatus.Failed, duration, context);

    /// <summary>It ended in the background: told only while the turn goes on, whose last event is its end.</summary>
    public void Exited(SessionEnd end, TimeSpan duration, ToolContext context)
    {
        _hasEnded = true;
        context.TellLate(Ended(end.Output, end.ExitCode, end.ExitCode == 0 ? ItemStatus.Completed : ItemStatus.Failed, duration));
    }

    /// <param name="reason">Why it never ran, or ended without an exit code.</param>
    public void Failed(string reason, TimeSpan? duration, ToolContext context) =>
        Complete(_output.Take() + reason, -1, ItemStatus.Failed, duration, context);

    private void Complete(string output, int exitCode, ItemStatus status, TimeSpan? duration, ToolContext context)
    {
        _hasEnded = true;
        context.Emit(Ended(output, exitCode, status, duration));
    }

    private AgentEvent.ItemCompleted Ended(string output, int exitCode, ItemStatus status, TimeSpan? duration) =>
        new(_item with { Output = output, ExitCode = exitCode, Status = status, Duration = duration });
}
