using Codex.Agent.Paths;

namespace Codex.Agent.Projects;

/// <summary>Finds git repositories by their files, without git.</summary>
public static class GitRepository
{
    private const string Mark = ".git";
    private const int LongestPointer = 64 * 1024;

    /// <summary>The nearest directory from here up that is a work tree; null outside any.</summary>
    /// <param name="directory">Absolute.</param>
    public static string? FindRoot(string directory) => Ancestors.NearestWith(directory, [Mark]);

    /// <summary>Whether git would find a repository from here up: an empty <c>.git</c> is none.</summary>
    /// <param name="directory">Absolute.</param>
    public static bool Holds(string directory) => FindRoot(directory) is { } root
        && (File.Exists(Path.Combine(root, Mark)) || File.Exists(Path.Combine(root, Mark, "HEAD")) || (Path.GetDirectoryName(root) is { } above && Holds(above)));

    /// <summary>
    /// The main work tree of a linked one, which shares its trust; null for every other. The link has to hold in both
    /// directions: a directory that merely claims to belong to a trusted repository gains nothing.
    /// </summary>
    /// <param name="root">Absolute, links resolved.</param>
    public static string? MainRoot(string root)
    {
        var pointer = Path.Combine(root, Mark);
        if (!File.Exists(pointer) || Line(pointer) is not { } line || !line.StartsWith("gitdir:", StringComparison.Ordinal))
            return null;
        var own = RealPath.Of(Path.GetFullPath(line["gitdir:".Length..].Trim(), root));
        if (Line(Path.Combine(own, "gitdir")) is not { } back || RealPath.Of(Path.GetFullPath(back, own)) != RealPath.Of(pointer))
            return null;
        if (Line(Path.Combine(own, "commondir")) is not { } common)
            return null;
        var main = RealPath.Of(Path.GetFullPath(common, own));
        return Path.GetFileName(main) == Mark ? Path.GetDirectoryName(main) : null;
    }

    private static string? Line(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= LongestPointer } ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
