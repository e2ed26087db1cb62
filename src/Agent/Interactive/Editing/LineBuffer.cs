using System.Globalization;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Editing;

/// <summary>Text that is being written, with the cursor in it. Every change gives a new one.</summary>
/// <param name="Cursor">Index of the character the cursor is before; never inside of what a reader sees as one.</param>
/// <param name="Killed">What was cut last, for <see cref="Yank"/>.</param>
public sealed record LineBuffer(string Text, int Cursor, string Killed)
{
    public static readonly LineBuffer Empty = new("", 0, "");

    public bool IsEmpty => Text.Length == 0;

    private int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    /// <summary>Another text, the cursor behind it; what was cut stays.</summary>
    public LineBuffer With(string text) => this with { Text = text, Cursor = text.Length };

    public LineBuffer Insert(string text) => this with { Text = Text.Insert(Cursor, text), Cursor = Cursor + text.Length };

    public LineBuffer Left() => this with { Cursor = Before(Cursor) };

    public LineBuffer Right() => this with { Cursor = After(Cursor) };

    public LineBuffer Home() => this with { Cursor = LineStart };

    public LineBuffer End() => this with { Cursor = LineEnd };

    public LineBuffer WordLeft() => this with { Cursor = WordBefore() };

    public LineBuffer WordRight() => this with { Cursor = WordAfter() };

    public LineBuffer Backspace() => Without(Before(Cursor), Cursor);

    public LineBuffer Delete() => Without(Cursor, After(Cursor));

    /// <summary>To the end of the line; at its end the line end itself.</summary>
    public LineBuffer KillToEnd() => Kill(Cursor, Cursor == LineEnd ? After(Cursor) : LineEnd);

    public LineBuffer KillToStart() => Kill(Cursor == LineStart ? Before(Cursor) : LineStart, Cursor);

    /// <summary>Back to the blank before the word, as a shell does.</summary>
    public LineBuffer KillWord()
    {
        var start = Cursor;
        while (start > 0 && char.IsWhiteSpace(Text[start - 1]))
            start--;
        while (start > 0 && !char.IsWhiteSpace(Text[start - 1]))
            start--;
        return Kill(start, Cursor);
    }

    public LineBuffer KillWordRight() => Kill(Cursor, WordAfter());

    public LineBuffer Yank() => Insert(Killed);

    /// <summary>The same column one line up; null on the first line.</summary>
    public LineBuffer? Up() => LineStart == 0 ? null : ToColumn(Start(LineStart - 1));

    /// <summary>The same column one line down; null on the last line.</summary>
    public LineBuffer? Down() => LineEnd == Text.Length ? null : ToColumn(LineEnd + 1);

    private int Start(int at) => at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;

    private LineBuffer ToColumn(int start)
    {
        var wanted = CellWidth.Of(Text[LineStart..Cursor]);
        var at = start;
        for (var cells = 0; at < Text.Length && Text[at] != '\n';)
        {
            var next = After(at);
            cells += CellWidth.OfCluster(Text.AsSpan(at, next - at));
            if (cells > wanted)
                break;
            at = next;
        }

        return this with { Cursor = at };
    }

    private LineBuffer Without(int start, int end) => this with { Text = Text.Remove(start, end - start), Cursor = start };

    private LineBuffer Kill(int start, int end) => start == end ? this : Without(start, end) with { Killed = Text[start..end] };

    private int After(int at) => at >= Text.Length ? Text.Length : at + StringInfo.GetNextTextElementLength(Text, at);

    private int Before(int at)
    {
        // Clusters can only be found from the front; a line end always ends one.
        var start = at == 0 ? 0 : Start(at - 1);
        while (start < at && After(start) < at)
            start = After(start);
        return start;
    }

    private int WordBefore()
    {
        var at = Cursor;
        while (at > 0 && !IsWord(at - 1))
            at--;
        while (at > 0 && IsWord(at - 1))
            at--;
        return at;
    }

    private int WordAfter()
    {
        var at = Cursor;
        while (at < Text.Length && !IsWord(at))
            at++;
        while (at < Text.Length && IsWord(at))
            at++;
        return at;
    }

    private bool IsWord(int at) => char.IsLetterOrDigit(Text[at]) || char.IsSurrogate(Text[at]) || Text[at] == '_';
}
