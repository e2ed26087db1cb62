namespace Codex.Agent.Paths;

/// <summary>Where a path really leads.</summary>
public static class RealPath
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>As <see cref="Resolve"/>, so that two names of one place compare equal; a path whose links cannot be followed stays as it is.</summary>
    /// <param name="path">Made absolute from the current directory when it is not.</param>
    public static string Of(string path)
    {
        var full = Path.IsPathFullyQualified(path) ? path : Path.GetFullPath(path);
        try
        {
            return Resolve(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(full);
        }
    }

    /// <summary>Follows every link in the path; what does not exist is taken as written.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path) => Walk(path, followsLast: true, _ => { });

    /// <summary>Follows every link but the last name's own: what is removed when the path is.</summary>
    public static string Entry(string path) => Walk(path, followsLast: false, _ => { });

    /// <summary>Whether the name <paramref name="entry"/> itself, not what it may point to, is met on the way of <paramref name="path"/>.</summary>
    public static bool LeadsThrough(string path, string entry)
    {
        var sought = Entry(entry);
        var isMet = false;
        Walk(path, followsLast: true, met => isMet |= met == sought);
        return isMet;
    }

    private static string Walk(string path, bool followsLast, Action<string> meet)
    {
        var root = Path.GetPathRoot(path) ?? "/";
        var current = root;
        var rest = new Stack<string>(Parts(path[root.Length..]));
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, part);
            meet(next);
            if (new FileInfo(next).LinkTarget is not { } target || (rest.Count == 0 && !followsLast))
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException("Too many links.");
            if (Path.IsPathRooted(target))
                current = root;
            foreach (var step in Parts(target))
                rest.Push(step);
        }

        return current;
    }

    /// <summary>From the last to the first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse();
}
