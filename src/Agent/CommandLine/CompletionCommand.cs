using System.CommandLine;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent completion</c>: the script that lets a shell complete. The script asks this program, so it never gets old.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = $"One of: {string.Join(", ", Shells)}.", DefaultValueFactory = static _ => Shells[0] };
        shell.HelpName = "shell";
        shell.OneOf(Shells);
        var command = new Command("completion", "Print the script that lets a shell complete commands, options and values.") { shell };
        command.SetAction((parsed, cancellation) =>
            parsed.InvocationConfiguration.Output.WriteLineAsync(Read(parsed.GetRequiredValue(shell)).AsMemory(), cancellation));
        return command;
    }

    private static string Read(string shell)
    {
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream("completion." + shell)!);
        return script.ReadToEnd().TrimEnd().Replace("PROGRAM", "codex-agent", StringComparison.Ordinal).Replace("FUNCTION", "_codex_agent", StringComparison.Ordinal);
    }
}
