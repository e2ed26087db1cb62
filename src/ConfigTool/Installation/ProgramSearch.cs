namespace Codex.ConfigTool.Installation;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramSearch
{
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];

    /// <returns>The whole path: the name itself when it has a folder in it, else the first that PATH leads to; null when there is none.</returns>
    public static string? Find(ToolEnvironment environment, string name)
    {
        if (name.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
            return Existing(Path.GetFullPath(name));
        return (environment.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Existing(Path.Combine(folder, name)))
            .FirstOrDefault(found => found is not null);
    }

    private static string? Existing(string path) =>
        File.Exists(path) && IsProgram(path) ? path : Endings.Select(e => path + e).FirstOrDefault(p => File.Exists(p) && IsProgram(p));

    private static bool IsProgram(string path) =>
        OperatingSystem.IsWindows()
            ? Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            : (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
