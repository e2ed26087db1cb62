using System.Text;

namespace Codex.Agent.Interactive.Screen;

/// <summary>What stays on the terminal, and below it the few lines that are redrawn. Works out the text to write; writes nothing.</summary>
/// <param name="isLive">False: nothing is ever redrawn.</param>
public sealed class LiveScreen(bool isLive)
{
    private static readonly Drawing Nothing = new([""], 0, 0);

    private Drawing _drawn = Nothing;

    /// <summary>The text that shows <paramref name="printed"/> above and <paramref name="live"/> below.</summary>
    /// <param name="printed">Whole lines, each with its <c>\n</c>.</param>
    public string Update(string printed, Drawing live)
    {
        if (!isLive)
            return printed;
        var text = new StringBuilder("\e[?25l");
        Erase(text);
        text.Append(printed.Replace("\n", "\r\n", StringComparison.Ordinal));
        text.AppendJoin("\r\n", live.Rows);
        if (live.Rows.Length - 1 - live.Row is > 0 and var up)
            text.Append($"\e[{up}A");
        text.Append('\r');
        if (live.Column > 0)
            text.Append($"\e[{live.Column}C");
        _drawn = live;
        return text.Append("\e[?25h").ToString();
    }

    /// <summary>The terminal has another width: it has wrapped what stood there, so the way up to the first line is longer.</summary>
    public void Resized(int columns)
    {
        var above = _drawn.Rows.Take(_drawn.Row).Sum(r => Math.Max(1, (Cells(r) + columns - 1) / columns)) + _drawn.Column / columns;
        _drawn = _drawn with { Row = above };
    }

    /// <summary>The text that takes the live lines away and leaves the cursor where they began.</summary>
    public string Clear()
    {
        var text = new StringBuilder();
        if (isLive)
            Erase(text);
        _drawn = Nothing;
        return text.ToString();
    }

    /// <summary>The screen was emptied or used by others: there is nothing to take away.</summary>
    public void Forget() => _drawn = Nothing;

    private void Erase(StringBuilder text)
    {
        if (_drawn.Row > 0)
            text.Append($"\e[{_drawn.Row}A");
        text.Append("\r\e[J");
    }

    private static int Cells(string row) => CellWidth.Of(PlainText.Of(row));
}
