using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Shows the real lines of a file that come nearest to lines a model remembers wrongly.</summary>
internal static class NearestLines
{
    /// <summary>Below this the nearest lines say nothing.</summary>
    private const double Worth = 0.4;

    private const int MostShown = 14;
    private const int MostCompared = 20_000;
    private const int MostPlaces = 5;

    /// <returns>Lines with their numbers and a sentence before them; empty when nothing is near.</returns>
    public static string Describe(ImmutableArray<string> file, ImmutableArray<string> sought)
    {
        var wanted = sought.SkipWhile(string.IsNullOrWhiteSpace).ToArray();
        if (wanted.Length == 0 || file.IsEmpty)
            return "";
        // The line that says most is looked for everywhere, the whole block only around the best places.
        var key = Array.IndexOf(wanted, wanted.MaxBy(l => l.Trim().Length)!);
        var best = Enumerable.Range(0, Math.Min(file.Length, MostCompared))
            .Select(i => (Index: i, Score: LineSimilarity.Of(file[i], wanted[key])))
            .OrderByDescending(p => p.Score)
            .Take(MostPlaces)
            .Select(p => (Start: Math.Max(0, p.Index - key), Score: Score(file, wanted, p.Index - key, p.Score)))
            .MaxBy(p => p.Score);
        return best.Score < Worth ? "" : $"\nThe nearest lines of the file are:\n{Numbered(file, best.Start, Math.Min(wanted.Length, MostShown - 4) + 2)}";
    }

    private static double Score(ImmutableArray<string> file, string[] wanted, int start, double keyScore)
    {
        var whole = wanted.Select((l, i) => start + i >= 0 && start + i < file.Length ? LineSimilarity.Of(file[start + i], l) : 0).Average();
        return Math.Max(whole, keyScore * 0.8);
    }

    private static string Numbered(ImmutableArray<string> file, int start, int count)
    {
        var text = new StringBuilder();
        for (var i = Math.Max(0, start - 2); i < Math.Min(file.Length, start + count); i++)
            text.Append(CultureInfo.InvariantCulture, $"L{i + 1}: {file[i]}\n");
        return text.ToString().TrimEnd('\n');
    }
}
