namespace Codex.Agent.Sandbox;

/// <summary>
/// The pipes in the directory for temporary files by which a debugger talks to a .NET process. Whoever writes there makes
/// the process do what it wants, and no read-only mount keeps anybody from writing into a pipe.
/// </summary>
internal static class DebuggerPipes
{
    private static readonly Lazy<bool> OwnAreRemoved = new(() =>
    {
        string[] patterns = [$"clr-debug-pipe-{Environment.ProcessId}-*", $"dotnet-diagnostic-{Environment.ProcessId}-*"];
        foreach (var door in patterns.SelectMany(p => Directory.EnumerateFileSystemEntries(Path.GetTempPath(), p)))
            File.Delete(door);
        return true;
    });

    /// <summary>Closes our own process to debuggers, for good: .NET reads the switch for it before any of our code runs.</summary>
    public static void RemoveOwn() => _ = OwnAreRemoved.Value;
}
