using Codex.Agent.Processes;

namespace Codex.Agent.Tools.Commands;

/// <summary>The commands of a thread that go on between calls, with what is told of them. Shared by exec_command and write_stdin.</summary>
/// <param name="random">Chooses the ids of pieces of output.</param>
public sealed class BackgroundCommands(ProcessSessions sessions, Random random)
{
    /// <summary>Codex's limit of one output, where the call asks for none.</summary>
    private const int DefaultTokens = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, (CommandItem Item, Task Told)> _running = [];
    private readonly ExecText _text = new(random);
    private volatile ToolContext? _turn;

    /// <summary>Commands that end while nobody looks are told to this turn from now on.</summary>
    public void TellTo(ToolContext turn) => _turn = turn;

    internal async Task<ToolResult> StartAsync(
        CommandRequest request, bool terminal, TimeSpan wait, int? tokens, ToolCall call, ToolContext context, CancellationToken cancellation)
    {
        var item = CommandItem.Start(request.Words, request.Directory, context);
        var began = context.Time.GetTimestamp();
        SessionOutcome outcome;
        try
        {
            outcome = await sessions.StartAsync(request, terminal, wait, cancellation);
        }
        catch (OperationCanceledException)
        {
            var elapsed = context.Time.GetElapsedTime(began);
            item.Failed("aborted by user", elapsed, context);
            return ToolResult.Failed(ExecText.Aborted(elapsed));
        }

        switch (outcome)
        {
            case SessionOutcome.Running running:
                item.Hear(running.Output, context);
                lock (_gate)
                    _running[running.Id] = (item, TellEndAsync(running, item, began, context));
                return Running(running, tokens, call, context);
            case SessionOutcome.Exited exited:
                return Ended(exited, item, began, tokens, call, context);
            case SessionOutcome.Refused refused:
                return NotStarted(refused.Reason, item, context);
            case SessionOutcome.NotStarted notStarted:
                return NotStarted(notStarted.Reason, item, context);
            default:
                throw new NotSupportedException(outcome.GetType().Name);
        }
    }

    /// <param name="characters">To type; empty only looks.</param>
    internal async Task<ToolResult> WriteAsync(
        int id, string characters, TimeSpan wait, int? tokens, ToolCall call, ToolContext context, CancellationToken cancellation)
    {
        switch (await sessions.WriteAsync(id, characters, wait, cancellation))
        {
            case SessionOutcome.Running running:
                Find(id)?.Item.Hear(running.Output, context);
                return Running(running, tokens, call, context);
            case SessionOutcome.Exited exited:
                if (Find(id) is var (item, told))
                {
                    item.Hear(exited.Output, context);
                    await told;
                }

                return Show(exited.Waited, exited.ExitCode, id, exited.Output, tokens, call, context);
            case SessionOutcome.InputClosed:
                return ToolResult.Failed("write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open");
            case SessionOutcome.UnknownSession:
                return ToolResult.Failed($"write_stdin failed: Unknown process id {id}");
            case var other:
                throw new NotSupportedException(other.GetType().Name);
        }
    }

    /// <summary>As Codex does: the item is complete when the command ends, not when the model looks again.</summary>
    private async Task TellEndAsync(SessionOutcome.Running running, CommandItem item, long began, ToolContext started)
    {
        var end = await running.End;
        // The caller holds the gate until this is kept.
        await Task.Yield();
        var turn = _turn ?? started;
        item.Exited(end, turn.Time.GetElapsedTime(began), turn);
        lock (_gate)
            _running.Remove(running.Id);
    }

    private static ToolResult NotStarted(string reason, CommandItem item, ToolContext context)
    {
        item.Failed(reason, duration: null, context);
        return ToolResult.Failed(ExecText.Rejected(reason));
    }

    private ToolResult Running(SessionOutcome.Running running, int? tokens, ToolCall call, ToolContext context) =>
        Show(running.Waited, exitCode: null, running.Id, running.Output, tokens, call, context);

    private ToolResult Ended(SessionOutcome.Exited exited, CommandItem item, long began, int? tokens, ToolCall call, ToolContext context)
    {
        item.Hear(exited.Output, context);
        item.Exited(exited.ExitCode, context.Time.GetElapsedTime(began), context);
        return Show(exited.Waited, exited.ExitCode, 0, exited.Output, tokens, call, context);
    }

    private ToolResult Show(TimeSpan wait, int? exitCode, int id, string output, int? tokens, ToolCall call, ToolContext context)
    {
        var limit = Math.Min(tokens is >= 0 ? tokens.Value : DefaultTokens, context.OutputLimit);
        var savedAt = OutputCut.IsTooLong(output, limit) ? SavedOutput.Save(context.OutputDirectory, call.CallId, output) : null;
        var text = _text.Result(wait, exitCode, id, output, limit, savedAt);
        return exitCode is null or 0 ? ToolResult.Text(text) : ToolResult.Failed(text);
    }

    private (CommandItem Item, Task Told)? Find(int id)
    {
        lock (_gate)
            return _running.TryGetValue(id, out var found) ? found : null;
    }
}
