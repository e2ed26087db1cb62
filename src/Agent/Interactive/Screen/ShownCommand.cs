using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Interactive.Screen;

/// <summary>A command line for people: of <c>bash -lc SCRIPT</c> only the script.</summary>
internal static class ShownCommand
{
    public static string Of(IReadOnlyList<string> words) =>
        words is [var shell, "-c" or "-lc", var script] && ShellPrograms.IsShell(shell) ? script : ShellWords.Join(words);

    /// <param name="line">As <see cref="ShellWords.Join"/> writes it.</param>
    public static string Of(string line) =>
        ShellWords.Split(line) is [var shell, "-c" or "-lc", var script] && ShellPrograms.IsShell(shell) ? script : line;
}
