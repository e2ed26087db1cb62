namespace Codex.ConfigTool.Doctor;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class NearestWord
{
    /// <returns>The nearest of the words with at most <paramref name="most"/> letters changed, but not the word itself; null when none is near.</returns>
    public static string? Of(string word, IEnumerable<string> words, int most)
    {
        var nearest = words.Where(w => Math.Abs(w.Length - word.Length) <= most)
            .Select(w => (Word: w, Distance: Distance(word.ToLowerInvariant(), w.ToLowerInvariant())))
            .Where(w => w.Distance <= most && w.Word != word)
            .OrderBy(w => w.Distance)
            .FirstOrDefault();
        return nearest.Word;
    }

    /// <summary>Letters to put in, take out or replace.</summary>
    private static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            above = row;
        }

        return above[b.Length];
    }
}
