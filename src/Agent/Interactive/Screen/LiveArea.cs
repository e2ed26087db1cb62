using System.Collections.Immutable;
using Codex.Agent.Interactive.Editing;

namespace Codex.Agent.Interactive.Screen;

/// <summary>The lines at the bottom that are redrawn, never more than the terminal has rows.</summary>
internal static class LiveArea
{
    /// <summary>A question takes the place of everything else.</summary>
    public static Drawing Of(Question question, Style style, int columns, int rows)
    {
        ImmutableArray<string> lines =
        [
            .. question.Lines.Select(l => CellWidth.Clip(l, columns - 1)).Take(Math.Max(1, rows - 3)),
            style.Accent(CellWidth.Clip(question.Keys, columns - 1)),
        ];
        return new Drawing(lines, lines.Length - 1, 0);
    }

    /// <param name="growing">Lines that are not whole yet.</param>
    /// <param name="working">What to say while something runs; null when nothing does.</param>
    public static Drawing Of(
        IEnumerable<string> growing, string? working, IEnumerable<string> queued, LineBuffer message, string status, Style style, int columns, int rows)
    {
        var above = LiveRows.Of(growing, columns - 1).ToList();
        if (working is not null)
            above.Add(style.Dim(CellWidth.Clip(working, columns - 1)));
        above.AddRange(queued.Select(q => style.Dim(CellWidth.Clip($"queued: {PlainText.Of(q).ReplaceLineEndings(" ")}", columns - 1))));
        var room = Math.Max(1, rows - 2);
        var composer = ComposerLayout.Of(message.Text, message.Cursor, columns, Math.Max(1, room / 2));
        var kept = above.TakeLast(Math.Max(0, room - composer.Rows.Length)).ToList();
        return new Drawing([.. kept, .. composer.Rows, style.Dim(CellWidth.Clip(status, columns - 1))], kept.Count + composer.Row, composer.Column);
    }
}
