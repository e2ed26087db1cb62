using System.Globalization;
using System.Text;

namespace Codex.Agent.Edits;

/// <summary>Writes a change as a unified diff.</summary>
public static class UnifiedDiff
{
    private const int Around = 3;

    /// <param name="path">As it is shown.</param>
    /// <param name="before">Null when there was no file.</param>
    /// <param name="after">Null when there is none any more.</param>
    /// <returns>Empty when nothing changed.</returns>
    public static string Write(string path, string? before, string? after)
    {
        if (before == after)
            return "";
        var lines = LineDiff.Compare(Lines(before), Lines(after));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {(before is null ? "/dev/null" : "a/" + path)}\n");
        text.Append(CultureInfo.InvariantCulture, $"+++ {(after is null ? "/dev/null" : "b/" + path)}\n");
        var (old, now) = (1, 1);
        for (var i = 0; i < lines.Length;)
        {
            var next = lines.Length;
            for (var j = i; j < lines.Length && next == lines.Length; j++)
                next = lines[j].Kind != LineKind.Context ? j : next;
            if (next == lines.Length)
                break;
            var start = Math.Max(i, next - Around);
            (old, now) = (old + start - i, now + start - i);
            var end = End(lines, next);
            var hunk = lines.AsSpan()[start..end];
            var (oldCount, newCount) = (0, 0);
            foreach (var line in hunk)
                (oldCount, newCount) = (oldCount + (line.Kind == LineKind.Added ? 0 : 1), newCount + (line.Kind == LineKind.Removed ? 0 : 1));
            text.Append(CultureInfo.InvariantCulture, $"@@ -{(oldCount == 0 ? old - 1 : old)},{oldCount} +{(newCount == 0 ? now - 1 : now)},{newCount} @@\n");
            foreach (var line in hunk)
                text.Append(line.Kind switch { LineKind.Added => '+', LineKind.Removed => '-', _ => ' ' }).Append(line.Text).Append('\n');
            (old, now, i) = (old + oldCount, now + newCount, end);
        }

        return text.ToString();
    }

    /// <summary>Where the hunk ends that holds the change at <paramref name="at"/>: changes with little between stay together.</summary>
    private static int End(System.Collections.Immutable.ImmutableArray<ChunkLine> lines, int at)
    {
        var last = at;
        for (var i = at; i < lines.Length && i - last <= 2 * Around; i++)
            last = lines[i].Kind != LineKind.Context ? i : last;
        return Math.Min(lines.Length, last + 1 + Around);
    }

    private static string[] Lines(string? text) => text is null ? [] : [.. SourceText.Parse(text).Lines.Select(l => l.Text)];
}
