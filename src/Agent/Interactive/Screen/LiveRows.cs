using System.Globalization;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Cuts the lines that are still growing into rows of the terminal, the last few of each.</summary>
internal static class LiveRows
{
    private const int MostRows = 4;

    public static IEnumerable<string> Of(IEnumerable<string> lines, int width) => lines.SelectMany(l => Wrap(l, Math.Max(2, width)).TakeLast(MostRows));

    /// <param name="line">May hold sequences that change its looks; they take no room.</param>
    private static IEnumerable<string> Wrap(string line, int width)
    {
        var (start, cells) = (0, 0);
        for (var at = 0; at < line.Length;)
        {
            if (line[at] == '\e')
            {
                at = line.IndexOf('m', at) + 1;
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(line, at);
            var wide = CellWidth.OfCluster(line.AsSpan(at, length));
            if (cells + wide > width)
            {
                yield return line[start..at];
                (start, cells) = (at, 0);
            }

            cells += wide;
            at += length;
        }

        yield return line[start..];
    }
}
