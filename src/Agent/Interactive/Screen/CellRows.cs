using System.Globalization;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Cuts a line into rows of a terminal, between what a reader sees as characters.</summary>
internal static class CellRows
{
    /// <param name="line">May hold sequences that change its looks; they take no room.</param>
    /// <returns>At least one row.</returns>
    public static IEnumerable<string> Of(string line, int width)
    {
        // What is two cells wide fits nowhere narrower.
        var room = Math.Max(2, width);
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
            if (cells + wide > room)
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
