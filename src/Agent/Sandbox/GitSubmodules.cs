using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>
/// The <c>.git</c> files of a repository's submodules. git looks into submodules whenever it looks at the whole, and runs what
/// the configuration behind such a file names.
/// </summary>
internal static class GitSubmodules
{
    private const int MostDepth = 6;
    private const int Most = 500;

    private static readonly HashSet<string> NoModules = new(StringComparer.Ordinal) { "objects", "refs", "hooks", "logs", "info", "branches" };

    /// <summary>As git itself noted them down, in a place that commands cannot write to.</summary>
    /// <param name="gitDirectory">A repository's own, absolute.</param>
    public static IEnumerable<string> Marks(string gitDirectory) =>
        Modules(Path.Combine(gitDirectory, "modules"), MostDepth).Take(Most)
            .Select(WorkTree)
            .OfType<string>()
            .Select(tree => Path.Combine(tree, ".git"))
            .Where(mark => File.Exists(mark) && LibC.RealPath(mark) == mark);

    private static IEnumerable<string> Modules(string directory, int depth)
    {
        if (depth == 0 || !Directory.Exists(directory))
            yield break;
        foreach (var inner in Directory.EnumerateDirectories(directory).Where(d => !NoModules.Contains(Path.GetFileName(d))))
        {
            if (File.Exists(Path.Combine(inner, "HEAD")))
                yield return inner;
            // A module's name may have slashes, and a module may have modules.
            foreach (var module in Modules(inner, depth - 1))
                yield return module;
        }
    }

    private static string? WorkTree(string module)
    {
        const string Key = "worktree";
        try
        {
            var line = File.ReadLines(Path.Combine(module, "config")).Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal) && l.Contains('='));
            return line is null ? null : Path.GetFullPath(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"'), module);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
