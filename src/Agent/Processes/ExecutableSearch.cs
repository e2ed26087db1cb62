namespace Codex.Agent.Processes;

/// <summary>Finds programs as a shell does, but by the command's own <c>PATH</c>.</summary>
internal static class ExecutableSearch
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="path">The command's; null for the usual one.</param>
    /// <returns>An absolute path, or null.</returns>
    public static string? Find(string name, string? path, string directory)
    {
        if (name.Contains('/'))
            return Accept(Path.GetFullPath(name, directory));
        return (path ?? "/usr/local/bin:/usr/bin:/bin").Split(':')
            .Select(d => Accept(Path.GetFullPath(Path.Combine(d, name), directory)))
            .FirstOrDefault(p => p is not null);
    }

    private static string? Accept(string path) =>
        File.Exists(path) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None ? path : null;
}
