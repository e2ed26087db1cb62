using System.CommandLine;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Prints a script that lets a shell complete commands, options and presets. The script asks this program, so it never gets old.</summary>
internal static class CompletionsCommand
{
    /// <summary>Shells by the names they are given here, with those of their scripts.</summary>
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = "bash",
        ["zsh"] = "zsh",
        ["fish"] = "fish",
        ["pwsh"] = "powershell",
    };

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var shell = new Argument<string>("shell") { Description = $"One of: {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completions", "Print the script that lets a shell complete commands, options and presets.") { shell };
        command.SetAction(parsed =>
        {
            invoke(parsed).Terminal.Output.WriteLine(Read(Scripts[parsed.GetRequiredValue(shell)]));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Read(string shell)
    {
        using var script = new StreamReader(typeof(CompletionsCommand).Assembly.GetManifestResourceStream("completion." + shell)!);
        return script.ReadToEnd().TrimEnd().Replace("PROGRAM", "codex-config", StringComparison.Ordinal).Replace("FUNCTION", "_codex_config", StringComparison.Ordinal);
    }
}
