namespace Codex.Agent.Interactive.Completing;

/// <summary>Which files somebody means by a few letters.</summary>
public static class FileRank
{
    private const int Most = 50;

    private enum Fit
    {
        NameBegins,
        NameHolds,
        PathHolds,
        LettersInOrder,
        None,
    }

    /// <param name="files">Paths with <c>/</c>.</param>
    /// <param name="letters">Without regard to case; empty fits all.</param>
    /// <returns>The best first: by how they fit, then the shorter ones.</returns>
    public static IEnumerable<string> Best(IEnumerable<string> files, string letters) => files
        .Select(file => (File: file, Fit: Of(file, letters)))
        .Where(f => f.Fit != Fit.None)
        .OrderBy(f => f.Fit).ThenBy(f => f.File.Length).ThenBy(f => f.File, StringComparer.Ordinal)
        .Select(f => f.File)
        .Take(Most);

    private static Fit Of(string file, string letters)
    {
        var name = file.AsSpan(file.LastIndexOf('/') + 1);
        if (name.StartsWith(letters, StringComparison.OrdinalIgnoreCase))
            return Fit.NameBegins;
        if (name.Contains(letters, StringComparison.OrdinalIgnoreCase))
            return Fit.NameHolds;
        if (file.Contains(letters, StringComparison.OrdinalIgnoreCase))
            return Fit.PathHolds;
        var at = 0;
        foreach (var letter in letters)
        {
            var found = file.AsSpan(at).IndexOf([letter], StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return Fit.None;
            at += found + 1;
        }

        return Fit.LettersInOrder;
    }
}
