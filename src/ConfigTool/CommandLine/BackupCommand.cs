using System.CommandLine;
using System.Globalization;
using System.Text;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>The copies that are kept of every file before it is written.</summary>
internal static class BackupCommand
{
    private const string Name = "backup";
    private const int KeptByDefault = 20;

    public static Command Create(Func<ParseResult, Invocation> invoke) =>
        new(Name, "List, show, restore or thin out the copies kept of every file before it was written.") { List(invoke), Show(invoke), Restore(invoke), Prune(invoke) };

    private static Command List(Func<ParseResult, Invocation> invoke)
    {
        var command = new Command("list", "List the copies, newest first.");
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var copies = Copies(invocation).ToList();
            if (invocation.Style.Json)
            {
                invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
                {
                    json.WriteStartArray("backups");
                    foreach (var (operation, file, path) in copies)
                    {
                        json.WriteStartObject();
                        json.WriteString("operation", operation.Id);
                        json.WriteString("copy", Label(operation, file));
                        json.WriteString("at", operation.At);
                        json.WriteString("file", file.Path);
                        json.WriteString("backup", path);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                }));
            }
            else
            {
                foreach (var (operation, file, path) in copies)
                    invocation.Terminal.Output.WriteLine($"{Label(operation, file)}  {operation.At:yyyy-MM-dd HH:mm:ss}Z  before {operation.Command} {operation.Provider}  {invocation.Shown(file.Path)}  {new FileInfo(path).Length} bytes");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(Func<ParseResult, Invocation> invoke)
    {
        var id = Operation();
        var command = new Command("show", "Print a copy, secrets masked.") { id };
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var (copy, refusal) = Find(invocation, parsed.GetRequiredValue(id));
            if (copy is not { } found)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var text = Encoding.UTF8.GetString(invocation.Environment.Files.ReadAll(found.Path)).Split('\n').Select(Printable.Line);
            invocation.Terminal.Output.Write(string.Join('\n', text));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Restore(Func<ParseResult, Invocation> invoke)
    {
        var id = Operation();
        var changes = new ChangeFlags();
        var command = new Command("restore", "Put a copy back; what is there now is kept as a copy, too.") { id };
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (copy, refusal) = Find(invocation, parsed.GetRequiredValue(id));
            if (copy is not { } found)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var text = invocation.Environment.Files.ReadAll(found.Path);
            var request = new ChangeRequest("backup restore", null, [new(found.File.Path, file => ChangePlanning.OfText(file, text, []))]);
            return await ChangeCommand.RunAsync(invocation, request, changes.Mode(parsed), changes.ShowsDiff(parsed), [], cancellation);
        });
        return command;
    }

    private static Command Prune(Func<ParseResult, Invocation> invoke)
    {
        var keep = new Option<long?>("--keep")
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"How many of the newest to keep. Default: {KeptByDefault}."),
            HelpName = "count",
            CustomParser = result => OptionText.Number(result, 0, "a number from 0"),
        };
        var command = new Command("prune", "Delete old copies. Operations can still be undone byte by byte on files nobody touched since.") { keep };
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var old = Copies(invocation).Skip((int)Math.Min(parsed.GetValue(keep) ?? KeptByDefault, int.MaxValue)).ToList();
            foreach (var (_, _, path) in old)
                invocation.Environment.Files.Delete(path);
            if (!invocation.Style.Quiet)
                invocation.Terminal.Output.WriteLine(invocation.Style.Json
                    ? ReportJson.Object(Name, json => json.WriteNumber("deleted", old.Count))
                    : string.Create(CultureInfo.InvariantCulture, $"{old.Count} deleted."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Operation() => new("copy") { Description = "The copy as backup list names it, which is the operation before which it was made; or how its name begins." };

    /// <summary>The operation; with the number of the file when it changed several.</summary>
    private static string Label(Operation operation, FileOperation file) =>
        operation.Files.Count(f => f.Backup is not null) < 2 ? operation.Id : string.Join('-', file.Backup!.Split('-', 3)[..2]);

    private static IEnumerable<(Operation Operation, FileOperation File, string Path)> Copies(Invocation invocation)
    {
        var log = new OperationLog(invocation.Environment.Files, invocation.State);
        return log.All().Reverse()
            .SelectMany(o => o.Files.Where(f => f.Backup is not null).Select(f => (o, f, log.BackupPath(f.Backup!))))
            .Where(c => invocation.Environment.Files.Describe(c.Item3) is not null);
    }

    private static ((FileOperation File, string Path)? Copy, Refusal? Refusal) Find(Invocation invocation, string id)
    {
        var found = Copies(invocation).Where(c => Label(c.Operation, c.File).StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var one] => ((one.File, one.Path), null),
            [] => (null, new(ExitCodes.CannotUndo, $"there is no copy '{id}'", "codex-config backup list")),
            _ => (null, new(ExitCodes.Usage, $"several copies begin with '{id}': {string.Join(", ", found.Select(c => Label(c.Operation, c.File)))}", "codex-config backup list shows of which file")),
        };
    }
}
