using Codex.Agent.Paths;

namespace Codex.Agent.Tools.Files;

/// <summary>
/// Files that the kernel makes up. Those of processes show this program its own environment, in which the user's keys are:
/// a command in a sandbox cannot read them there, so a tool must not either.
/// </summary>
internal static class KernelFiles
{
    private const string Processes = "/proc/";

    public const string Refusal = "it belongs to the system's processes; use a command to look at it";

    /// <summary>Whether the path, links followed, leads to what belongs to a process.</summary>
    public static bool AreAt(string path) => OfProcess(RealPath.Of(path));

    /// <summary>Whether a walk through the tree goes around this directory: there is no end to what is in there, and nothing to find.</summary>
    public static bool IsRoot(string directory) => directory is "/proc" or "/sys" or "/dev";

    private static bool OfProcess(string real) =>
        real.StartsWith(Processes, StringComparison.Ordinal) && real.Length > Processes.Length
        && (char.IsAsciiDigit(real[Processes.Length]) || real.StartsWith("/proc/self", StringComparison.Ordinal) || real.StartsWith("/proc/thread-self", StringComparison.Ordinal));
}
