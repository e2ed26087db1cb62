using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Rollback;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Takes an operation back, or lists them.</summary>
internal static class UndoCommand
{
    private const string Name = "undo";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("operation") { Description = "The operation, or how its name begins. Default: the last one.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "List the operations that can be taken back." };
        var changes = new ChangeFlags();
        var command = new Command(Name, "Take back what this tool wrote.") { id, list };
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var log = new OperationLog(invocation.Environment.Files, invocation.State);
            if (parsed.GetValue(list))
                return List(invocation, new(log.All()));
            var mode = changes.Mode(parsed);
            var settled = new Settlement([], TookBack: false);
            if (CrashRecovery.IsNeeded(log) && !mode.DryRun && (mode.Yes || invocation.Terminal.CanAsk))
            {
                var (settlement, busy) = await new ChangeRunner(invocation.Environment, invocation.State).SettleAsync(cancellation);
                if (settlement is null)
                    return ChangeCommand.Refuse(invocation, Name, busy!);
                settled = settlement;
            }

            // The run that was cut off is the last one, and it has just been taken back.
            if (settled.TookBack && parsed.GetValue(id) is null)
                return ChangeCommand.Tell(invocation, new(Name) { Status = ChangeStatus.Settled, Notices = settled.Notices });
            var history = new OperationHistory(log.All());
            var (operation, refusal) = Choose(history, parsed.GetValue(id));
            if (operation is null)
                return ChangeCommand.Tell(invocation, Report.Refuse(Name, refusal!) with { Notices = settled.Notices });
            var request = new ChangeRequest(Name, operation.Provider, [.. operation.Files.Select(part =>
                new FileChange(part.Path, file => OperationUndo.Plan(operation, part, file)))])
            {
                Undoes = operation.Id,
                Notices = settled.Notices,
            };
            return await ChangeCommand.RunAsync(invocation, request, mode, changes.ShowsDiff(parsed), [], cancellation);
        });
        return command;
    }

    private static (Operation? Operation, Refusal? Refusal) Choose(OperationHistory history, string? id)
    {
        if (id is null)
            return history.Last() is { } last ? (last, null) : (null, new(ExitCodes.CannotUndo, "there is nothing to undo"));
        return history.Find(id) switch
        {
            [] => (null, new(ExitCodes.CannotUndo, $"there is no operation '{id}'", "codex-config undo --list")),
            [var one] when history.IsUndone(one) => (null, new(ExitCodes.CannotUndo, $"{one.Id} has been taken back already", "codex-config undo --list")),
            [var one] => (one, null),
            _ => (null, new(ExitCodes.Usage, $"several operations begin with '{id}'", "codex-config undo --list")),
        };
    }

    private static int List(Invocation invocation, OperationHistory history)
    {
        var open = history.All.Where(o => !history.IsUndone(o)).Reverse().ToList();
        if (invocation.Style.Json)
        {
            invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
            {
                json.WriteStartArray("operations");
                foreach (var operation in open)
                {
                    json.WriteStartObject();
                    json.WriteString("id", operation.Id);
                    json.WriteString("at", operation.At);
                    json.WriteString("command", operation.Command);
                    json.WriteString("provider", operation.Provider);
                    json.WriteString("file", operation.Files[0].Path);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));
        }
        else
        {
            foreach (var operation in open)
                invocation.Terminal.Output.WriteLine($"{operation.Id}  {operation.At:yyyy-MM-dd HH:mm:ss}Z  {operation.Command} {operation.Provider}  {string.Join(", ", operation.Files.Select(f => invocation.Shown(f.Path)))}");
        }

        return ExitCodes.Done;
    }
}
