namespace Codex.Agent.Edits.Tolerant;

/// <summary>Finds the file a model means by a path it wrote.</summary>
internal static class PathRepair
{
    private const int MostShown = 3;
    private const int MostLooked = 500;

    /// <param name="exists">Whether a path names a file now.</param>
    /// <returns>Absolute; null when no file can have this name.</returns>
    public static (string Path, string? Note)? Find(string path, string directory, bool mustExist, Func<string, bool> exists)
    {
        if (EditPath.Absolute(path, directory) is not { } literal)
            return null;
        if (exists(literal))
            return (literal, null);
        foreach (var other in Others(path).Where(o => o.Length > 0 && o != path))
        {
            if (EditPath.Absolute(other, directory) is { } repaired && (exists(repaired) || (!mustExist && other == Unquoted(path))))
                return (repaired, $"the path '{path}' was taken for '{other}'");
        }

        return (literal, null);
    }

    /// <summary>Names of files beside a missing one that are nearly its own.</summary>
    public static string Nearest(string path, string directory)
    {
        if (EditPath.Absolute(path, directory) is not { } missing || Path.GetDirectoryName(missing) is not { } parent || !Directory.Exists(parent))
            return "";
        var name = Path.GetFileName(missing);
        string[] near =
        [
            .. Directory.EnumerateFiles(parent)
                .Take(MostLooked)
                .Select(f => (Name: Path.GetFileName(f), Score: LineSimilarity.Of(Path.GetFileName(f), name)))
                .Where(f => f.Score is > 0.5 and < 1)
                .OrderByDescending(f => f.Score)
                .Take(MostShown)
                .Select(f => f.Name),
        ];
        return near.Length == 0 ? "" : $"\nFiles of nearly this name in the same directory: {string.Join(", ", near)}";
    }

    private static IEnumerable<string> Others(string path)
    {
        var plain = Unquoted(path);
        yield return plain;
        if (plain.StartsWith("a/", StringComparison.Ordinal) || plain.StartsWith("b/", StringComparison.Ordinal))
            yield return plain[2..];
        // Models take the working directory for the root of the disk.
        yield return plain.TrimStart('/');
    }

    private static string Unquoted(string path)
    {
        var plain = path.Trim();
        while (plain.Length > 2 && plain[0] == plain[^1] && plain[0] is '"' or '\'' or '`')
            plain = plain[1..^1].Trim();
        return plain;
    }
}
