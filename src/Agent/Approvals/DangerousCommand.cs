using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals;

/// <summary>
/// <c>rm</c> with force, wherever a script or a program's arguments hide it. It is refused whatever the sandbox allows: what it
/// removes is gone, and models reach for it by habit. What a variable holds is not seen.
/// </summary>
public static class DangerousCommand
{
    /// <summary>What the model is told instead of a result.</summary>
    public const string Reason = "rm -f style commands are not permitted. Use a safer approach";

    public static bool IsIn(string script) => NestedCommands.Find(script).Any(words => ShellPrograms.Name(words[0]) == "rm" && IsForced(words));

    private static bool IsForced(IReadOnlyList<string> words) => words
        .Skip(1)
        .TakeWhile(w => w != "--")
        // GNU takes any beginning of a long option that is the only one.
        .Any(w => w.StartsWith("--f", StringComparison.Ordinal)
            ? "--force".StartsWith(w, StringComparison.Ordinal)
            : w is ['-', not '-', ..] && w.Contains('f', StringComparison.Ordinal));
}
