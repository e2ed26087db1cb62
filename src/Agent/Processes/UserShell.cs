using System.Collections.Immutable;

namespace Codex.Agent.Processes;

/// <summary>The shell that scripts are given to.</summary>
public static class UserShell
{
    private static readonly ImmutableArray<string> Known = ["bash", "zsh", "sh", "dash", "ksh", "ash"];

    /// <summary><c>$SHELL</c> when it understands <c>-c</c> as POSIX has it; else bash, else sh.</summary>
    public static string Find(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("SHELL") is { } shell && Known.Contains(Path.GetFileName(shell)) && File.Exists(shell)
            ? shell
            : File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";

    /// <param name="login">Read the user's profile first.</param>
    public static ImmutableArray<string> Words(string shell, string script, bool login) => [shell, login ? "-lc" : "-c", script];
}
