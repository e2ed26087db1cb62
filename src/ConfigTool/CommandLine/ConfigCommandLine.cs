using System.CommandLine;
using System.CommandLine.Parsing;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>The commands of <c>codex-config</c>.</summary>
public static class ConfigCommandLine
{
    private const string SuggestDirective = "[suggest";

    /// <param name="args">As the shell gave them.</param>
    /// <param name="environment">What the tool takes from outside.</param>
    /// <param name="terminal">Where words go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, ToolEnvironment environment, Terminal terminal)
    {
        var parsed = Commands(environment, terminal).Parse(args);
        // A line that is still being typed has errors of course.
        if (parsed.Errors.Count > 0 && !args.Any(a => a.StartsWith(SuggestDirective, StringComparison.Ordinal)))
        {
            var name = NameOf(parsed.CommandResult);
            var refusal = new Refusal(ExitCodes.Usage, parsed.Errors[0].Message, $"{string.Join(' ', ["codex-config", .. name])} --help");
            // The words that went wrong may be the very flag.
            return ChangeCommand.Refuse(terminal, args.Contains("--json"), name.Length == 0 ? "codex-config" : string.Join(' ', name), refusal);
        }

        try
        {
            var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = terminal.Output, Error = terminal.Error });
            // The library's own handler of Ctrl-C and the command it stopped race; this is what comes back when the handler is first.
            return code == ExitCodes.Interrupted ? await TellInterruptionAsync(terminal) : code;
        }
        catch (OperationCanceledException)
        {
            return await TellInterruptionAsync(terminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"codex-config: {Printable.Text(e.Message)}");
            return ExitCodes.Unexpected;
        }
    }

    /// <summary>Only waiting can be interrupted: for an answer, a server or another run. What is being written gets finished.</summary>
    private static async Task<int> TellInterruptionAsync(Terminal terminal)
    {
        await terminal.Error.WriteLineAsync();
        await terminal.Error.WriteLineAsync("codex-config: interrupted; nothing was written");
        return ExitCodes.Interrupted;
    }

    /// <summary>The words of the command, without the program's.</summary>
    private static string[] NameOf(SymbolResult result) =>
        result is CommandResult { Command: not RootCommand } command ? [.. NameOf(result.Parent!), command.Command.Name] : [];

    private static RootCommand Commands(ToolEnvironment environment, Terminal terminal)
    {
        var flags = new GlobalFlags();
        var root = new RootCommand("Points Codex at a provider without losing a byte of your configuration.");
        flags.AddTo(root);
        Func<ParseResult, Invocation> invoke = parsed => flags.Read(parsed, environment, terminal);
        foreach (var create in (Func<Func<ParseResult, Invocation>, Command>[])[
            AddProviderCommand.Create, RemoveProviderCommand.Create, ListCommand.Create, ShowCommand.Create, UseCommand.Create, ModelsCommand.Create, DoctorCommand.Create,
            DiffCommand.Create, UndoCommand.Create, BackupCommand.Create, EnvCommand.Create, ProfilesCommand.Create, CompletionsCommand.Create])
        {
            root.Subcommands.Add(create(invoke));
        }

        return root;
    }
}
