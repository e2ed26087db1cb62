namespace Codex.Agent.Tools.Commands;

/// <summary>Recognises a command that failed at the sandbox, so that a model does not look for the fault elsewhere.</summary>
internal static class SandboxDenial
{
    private const int BadSystemCall = 128 + 31;

    private static readonly string[] Signs =
    [
        "operation not permitted", "permission denied", "read-only file system", "seccomp", "sandbox", "landlock", "failed to write file",
        "could not resolve host", "temporary failure in name resolution", "network is unreachable",
    ];

    public static bool IsLikely(int exitCode, string output) => exitCode switch
    {
        // Wrong usage, not executable, not found: the command's own.
        0 or 2 or 126 or 127 => false,
        BadSystemCall => true,
        _ => Signs.Any(s => output.Contains(s, StringComparison.OrdinalIgnoreCase)),
    };

    /// <param name="canAsk">There is a user to ask for more.</param>
    public static string Notice(bool canAsk) => canAsk
        ? "[notice] The sandbox may have stopped this. If it must be done, call again with sandbox_permissions \"require_escalated\" and a justification."
        : "[notice] The sandbox may have stopped this, and nobody can allow more. Do it another way, or say that it cannot be done.";
}
