using System.Collections.Immutable;

namespace Codex.Agent.Processes;

/// <summary>The shell that scripts are given to.</summary>
public static class UserShell
{
    private static readonly ImmutableArray<string> Known = ["bash", "zsh", "sh", "dash", "ksh", "ash"];

    private static readonly ImmutableArray<string?> Places = ["/bin", "/usr/bin", "/usr/local/bin"];

    /// <summary><c>$SHELL</c> when it understands <c>-c</c> as POSIX has it; else bash, else sh.</summary>
    public static string Find(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("SHELL") is { } shell && Known.Contains(Path.GetFileName(shell)) && File.Exists(shell)
            ? shell
            : File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";

    /// <summary>The shell that a model asked for: one of the user's system, by name or path.</summary>
    /// <param name="usual">The user's own, which may lie anywhere.</param>
    /// <returns>Null for anything else: rules allow what a shell makes of a script, and a program of the workspace makes anything of it.</returns>
    public static string? Named(string wanted, string usual)
    {
        if (wanted == usual || wanted == Path.GetFileName(usual))
            return usual;
        var name = Path.GetFileName(wanted);
        return Known.Contains(name) && (wanted == name || Places.Contains(Path.GetDirectoryName(wanted)))
            ? Places.Select(p => Path.Combine(p!, name)).FirstOrDefault(File.Exists)
            : null;
    }

    /// <summary>For whoever asked for another.</summary>
    public static string Choices { get; } = $"shell must be one of {string.Join(", ", Known)}; call other programs in the script";

    /// <param name="login">Read the user's profile first.</param>
    public static ImmutableArray<string> Words(string shell, string script, bool login) => [shell, login ? "-lc" : "-c", script];
}
