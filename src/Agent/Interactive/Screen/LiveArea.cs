using System.Collections.Immutable;
using System.Globalization;
using Codex.Agent.Interactive.Completing;
using Codex.Agent.Interactive.Editing;
using Codex.Agent.Interactive.Questions;

namespace Codex.Agent.Interactive.Screen;

/// <summary>The lines at the bottom that are redrawn, never more than the terminal has rows.</summary>
internal static class LiveArea
{
    /// <summary>Rows of a line that is still growing; the last ones.</summary>
    private const int MostRows = 4;

    private const int MostSuggested = 6;

    private const string BetweenChoices = "   ";

    /// <summary>A question takes the place of everything else.</summary>
    /// <param name="isShown">All of it stands above already.</param>
    public static Drawing Of(Question question, bool isShown, Style style, int columns, int rows)
    {
        var width = columns - 1;
        var keys = Keys(question.Choices, width).TakeLast(rows - 1).ToList();
        var asked = question.Lines.Take(isShown ? 1 : int.MaxValue).SelectMany(l => l.Wrap(width)).ToList();
        ImmutableArray<string> all = [.. Fold(asked, rows - keys.Count, width), .. keys.Select(style.Accent)];
        return new Drawing(all, all.Length - 1, 0);
    }

    /// <param name="growing">Lines that are not whole yet.</param>
    /// <param name="working">What to say while something runs; null when nothing does.</param>
    /// <param name="suggested">What Tab could put into the message; null for nothing.</param>
    public static Drawing Of(
        IEnumerable<string> growing,
        string? working,
        IEnumerable<string> queued,
        LineBuffer message,
        Completion? suggested,
        string status,
        Style style,
        int columns,
        int rows)
    {
        var above = growing.SelectMany(l => CellRows.Of(l, columns - 1).TakeLast(MostRows)).ToList();
        if (working is not null)
            above.Add(style.Dim(CellWidth.Clip(working, columns - 1)));
        above.AddRange(queued.Select(q => style.Dim(CellWidth.Clip($"queued: {PlainText.Of(q).ReplaceLineEndings(" ")}", columns - 1))));
        List<string> below = [.. Suggested(suggested, Math.Min(MostSuggested, rows / 4), columns - 1).Select(style.Dim), style.Dim(CellWidth.Clip(status, columns - 1))];
        var room = Math.Max(1, rows - 1 - below.Count);
        var composer = ComposerLayout.Of(message.Text, message.Cursor, columns, Math.Max(1, room / 2));
        var kept = above.TakeLast(Math.Max(0, room - composer.Rows.Length)).ToList();
        return new Drawing([.. kept, .. composer.Rows, .. below], kept.Count + composer.Row, composer.Column);
    }

    /// <summary>The best ones, and how many there are beside them.</summary>
    private static IEnumerable<string> Suggested(Completion? completion, int most, int width)
    {
        if (completion is not { All: var all })
            return [];
        var shown = all.Take(most).Select((s, i) => CellWidth.Clip($"  {(i == 0 ? "Tab" : "   ")} {PlainText.Of(s.Shown).ReplaceLineEndings(" ")}", width));
        return all.Length <= most ? shown : shown.SkipLast(1).Append(string.Create(CultureInfo.InvariantCulture, $"      … {all.Length - most + 1} more"));
    }

    /// <summary>The choices side by side as far as they fit; one that is longer than a row is wrapped.</summary>
    private static IEnumerable<string> Keys(ImmutableArray<Choice> choices, int width)
    {
        var row = "";
        foreach (var choice in choices.Select(c => c.ToString()))
        {
            var longer = row.Length == 0 ? choice : row + BetweenChoices + choice;
            if (CellWidth.Of(longer) <= width)
            {
                row = longer;
                continue;
            }

            if (row.Length > 0)
                yield return row;
            var pieces = CellRows.Of(choice, width).ToList();
            foreach (var piece in pieces.SkipLast(1))
                yield return piece;
            row = pieces[^1];
        }

        yield return row;
    }

    /// <summary>Beginning and end of what does not fit, and between them how much is left out: the end of a command matters no less than its beginning.</summary>
    private static IEnumerable<string> Fold(List<string> lines, int room, int width)
    {
        if (lines.Count <= room)
            return lines;
        var shown = Math.Max(0, room - 1);
        var hint = string.Create(CultureInfo.InvariantCulture, $"… {lines.Count - shown} more rows: {Question.ShowAll} shows all of it");
        return [.. lines.Take(shown - shown / 2), CellWidth.Clip(hint, width), .. lines.TakeLast(shown / 2)];
    }
}
