using System.Collections.Immutable;

namespace Codex.Agent.Projects;

/// <summary>Walks from a directory up to the root of the file system.</summary>
internal static class Ancestors
{
    /// <summary>The directory itself first.</summary>
    public static IEnumerable<string> Of(string directory)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    public static string? NearestWith(string directory, ImmutableArray<string> names) =>
        Of(directory).FirstOrDefault(d => names.Any(n => IsThere(Path.Combine(d, n))));

    /// <summary>
    /// An empty directory makes no project, as an empty <c>.git</c> makes no repository for git: sandboxes, Codex's too, put such ones in
    /// the place of protected names and may leave them behind, in directories above all such as that of temporary files.
    /// </summary>
    private static bool IsThere(string path)
    {
        try
        {
            return File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It went while it was looked at, or nobody may look into it.
            return Path.Exists(path);
        }
    }

    /// <summary>From <paramref name="root"/> down to <paramref name="directory"/>, both included.</summary>
    public static IEnumerable<string> Between(string root, string directory) =>
        Of(directory).TakeWhile(d => d != root).Append(root).Reverse();
}
