namespace Codex.Agent.Edits.Tolerant;

/// <summary>How alike two lines are, blanks around them left out.</summary>
internal static class LineSimilarity
{
    /// <summary>Longer lines are compared by their beginnings; more would cost time and tell nothing.</summary>
    private const int Longest = 400;

    /// <returns>1 for the same text, 0 for nothing in common: one minus the Levenshtein distance over the longer length.</returns>
    public static double Of(string one, string other)
    {
        var a = Cut(one);
        var b = Cut(other);
        if (a.SequenceEqual(b))
            return 1;
        var longer = Math.Max(a.Length, b.Length);
        return 1 - ((double)Distance(a, b) / longer);
    }

    private static ReadOnlySpan<char> Cut(string line)
    {
        var trimmed = line.AsSpan().Trim();
        return trimmed.Length > Longest ? trimmed[..Longest] : trimmed;
    }

    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
