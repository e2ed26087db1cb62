using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>Ranks known model names by how likely a mistyped one meant them.</summary>
public static class NearestNames
{
    /// <summary>At most <paramref name="count"/> names, nearest first; names equally near keep their order.</summary>
    public static ImmutableArray<string> Of(string requested, IEnumerable<string> known, int count) =>
        [.. known.Distinct(StringComparer.Ordinal).OrderBy(name => Distance(requested, name)).Take(count)];

    /// <summary>0 for the same name in other case, 1 for nothing in common. The part after the last slash counts alone too.</summary>
    internal static double Distance(string requested, string known) =>
        Math.Min(DistanceOfWhole(requested, known), DistanceOfWhole(LastPart(requested), LastPart(known)) + 0.01);

    private static double DistanceOfWhole(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return 1;
        var (x, y) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        var distance = (double)Edits(x, y) / Math.Max(x.Length, y.Length);

        // A name without its tag or vendor is many edits away, but a likely slip.
        var contains = Math.Min(x.Length, y.Length) >= 3 && (x.Contains(y, StringComparison.Ordinal) || y.Contains(x, StringComparison.Ordinal));
        return contains ? distance / 3 : distance;
    }

    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
