using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Output;
using Codex.Toml.Editing;
using Spectre.Console;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Shows what others changed since this tool last wrote.</summary>
internal static class DiffCommand
{
    private const string Name = "diff";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var command = new Command(Name, "Show what has changed in the file since codex-config last wrote it.");
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var reading = ConfigFileReader.Read(invocation.Environment.Files, place.File);
            if (reading is FileReading.Refused refused)
                return ChangeCommand.Refuse(invocation, Name, refused.Refusal);
            var file = ((FileReading.Done)reading).File;
            var log = new OperationLog(invocation.Environment.Files, invocation.State);
            var last = log.All().Where(o => o.State == OperationState.Committed).SelectMany(o => o.Files).LastOrDefault(f => f.RealPath == file.RealPath);
            if (last is null)
                return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.CannotUndo, $"codex-config has not written {invocation.Shown(place.File)} yet"));
            if (Written(log, last) is not { } written)
                return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.CannotUndo, "the backup of the last operation is gone"));

            var change = ((ChangePlanning.Ready)ChangePlanning.OfText(file with { Bytes = written.Bytes }, file.Bytes, [])).Change;
            if (invocation.Style.Json)
                invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json => json.WriteString("diff", change.IsEmpty ? "" : string.Join('\n', DiffText.Lines(change)) + "\n")));
            else if (change.IsEmpty)
                invocation.Terminal.Output.WriteLine("Nothing has changed since.");
            else
                Print(invocation, change);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The text that the operation left; null when its backup is gone.</summary>
    private static Rollback.RestoredText? Written(OperationLog log, FileOperation operation)
    {
        if (operation.AfterHash is null)
            return new(Bytes: null);
        ReadOnlyMemory<byte>? before = operation.Backup is null ? ReadOnlyMemory<byte>.Empty : log.ReadBackup(operation.Backup);
        if (before is not { } bytes)
            return null;
        return new(Splice.Apply(bytes, [.. operation.Splices.Select(s => new Splice(s.Start, s.Length, Convert.FromBase64String(s.New), Name))]));
    }

    private static void Print(Invocation invocation, PlannedChange change)
    {
        foreach (var line in DiffText.Lines(change, "as written", "now"))
            invocation.Terminal.WriteLine(line, DiffText.ColorOf(line), invocation.Style.Color);
    }
}
