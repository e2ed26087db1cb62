namespace Codex.Agent.Configuration;

/// <summary>Follows the symbolic links in a path, so that two names of one place compare equal.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <param name="path">Absolute. What does not exist stays as it is.</param>
    public static string Of(string path) => Of(Path.GetFullPath(path), 0);

    private static string Of(string path, int followed)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        var rest = path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < rest.Length; i++)
        {
            var next = Path.Combine(real, rest[i]);
            if (followed < MostLinks && Target(next) is { } target)
                return Of(Path.GetFullPath(Path.Combine([Path.GetFullPath(target, real), .. rest[(i + 1)..]])), followed + 1);
            real = next;
        }

        return real;
    }

    private static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
