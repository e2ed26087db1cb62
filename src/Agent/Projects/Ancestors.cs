using System.Collections.Immutable;
using Codex.Agent.Sandbox;

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

    /// <summary>What only stands in for a missing name while a command runs, in whatever process, is nobody's project.</summary>
    private static bool IsThere(string path)
    {
        try
        {
            return Path.Exists(path) && !ProtectedPlaceholder.IsAt(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It went while it was looked at.
            return Path.Exists(path);
        }
    }

    /// <summary>From <paramref name="root"/> down to <paramref name="directory"/>, both included.</summary>
    public static IEnumerable<string> Between(string root, string directory) =>
        Of(directory).TakeWhile(d => d != root).Append(root).Reverse();
}
