using System.Collections.Immutable;
using System.Globalization;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Lines that can be redrawn, and where the cursor stands in them.</summary>
/// <param name="Column">In cells, from 0.</param>
public sealed record Drawing(ImmutableArray<string> Rows, int Row, int Column);

/// <summary>Lays out the text that is being written: wrapped at the width, scrolled where it is taller than its room.</summary>
public static class ComposerLayout
{
    private const string First = "> ";
    private const string Next = "  ";

    /// <param name="width">Cells of the terminal; one is kept free, since terminals differ in what they do behind the last.</param>
    /// <param name="most">Rows at most.</param>
    public static Drawing Of(string text, int cursor, int width, int most)
    {
        var room = Math.Max(2, width - First.Length - 1);
        var rows = new List<string>();
        var (start, cells, row, column) = (0, 0, 0, 0);
        for (var at = 0; ;)
        {
            if (at == cursor)
                (row, column) = (rows.Count, cells);
            if (at >= text.Length)
                break;
            if (text[at] == '\n')
            {
                rows.Add(text[start..at]);
                (start, cells) = (++at, 0);
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(text, at);
            var wide = char.IsControl(text[at]) ? 1 : CellWidth.OfCluster(text.AsSpan(at, length));
            if (cells + wide > room)
            {
                rows.Add(text[start..at]);
                (start, cells) = (at, 0);
                if (at == cursor)
                    (row, column) = (rows.Count, 0);
            }

            cells += wide;
            at += length;
        }

        rows.Add(text[start..]);
        var top = Math.Clamp(row - most + 1, 0, Math.Max(0, rows.Count - most));
        return new Drawing(
            [.. rows.Select((r, i) => (i == 0 ? First : Next) + Shown(r)).Skip(top).Take(most)], row - top, column + First.Length);
    }

    /// <summary>A tab or another control character takes one cell, so that the cursor is where it seems to be.</summary>
    private static string Shown(string row) => string.Concat(row.Select(c => char.IsControl(c) ? ' ' : c));
}
