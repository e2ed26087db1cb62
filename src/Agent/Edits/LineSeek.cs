using System.Collections.Immutable;

namespace Codex.Agent.Edits;

/// <summary>How lines of a patch may differ from those of a file and still be meant, strictest first.</summary>
public enum LineMatch
{
    Exact,
    TrailingBlanks,
    SurroundingBlanks,

    /// <summary>Typographic dashes, quotes and blanks count as the plain ones.</summary>
    Punctuation,
}

/// <summary>Finds lines in a file by the stages of the original; each stage looks at the whole rest before the next.</summary>
public static class LineSeek
{
    public static readonly ImmutableArray<LineMatch> Stages =
        [LineMatch.Exact, LineMatch.TrailingBlanks, LineMatch.SurroundingBlanks, LineMatch.Punctuation];

    /// <returns>Index of the first line, or -1. An empty pattern is found at <paramref name="from"/>.</returns>
    public static int Find(ImmutableArray<string> lines, ImmutableArray<string> pattern, int from, bool isEndOfFile)
    {
        if (pattern.IsEmpty)
            return from;
        var start = isEndOfFile ? Math.Max(from, lines.Length - pattern.Length) : from;
        foreach (var stage in Stages)
        {
            var found = FindAll(lines, pattern, start, stage).FirstOrDefault(-1);
            if (found >= 0)
                return found;
        }

        return -1;
    }

    public static IEnumerable<int> FindAll(ImmutableArray<string> lines, ImmutableArray<string> pattern, int from, LineMatch stage)
    {
        var wanted = pattern.Select(l => Form(l, stage)).ToArray();
        for (var i = from; i + wanted.Length <= lines.Length; i++)
        {
            var same = 0;
            while (same < wanted.Length && Form(lines[i + same], stage) == wanted[same])
                same++;
            if (same == wanted.Length)
                yield return i;
        }
    }

    /// <summary>The line as the stage compares it.</summary>
    public static string Form(string line, LineMatch stage) => stage switch
    {
        LineMatch.Exact => line,
        LineMatch.TrailingBlanks => line.TrimEnd(),
        LineMatch.SurroundingBlanks => line.Trim(),
        _ => Plain(line.Trim()),
    };

    private static string Plain(string line) => line.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f') < 0
        ? line
        : string.Create(line.Length, line, static (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
                plain[i] = Plain(from[i]);
        });

    private static char Plain(char c) => c switch
    {
        (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
        >= '\u2018' and <= '\u201b' => '\'',
        >= '\u201c' and <= '\u201f' => '"',
        '\u00a0' or (>= '\u2002' and <= '\u200a') or '\u202f' or '\u205f' or '\u3000' => ' ',
        _ => c,
    };
}
