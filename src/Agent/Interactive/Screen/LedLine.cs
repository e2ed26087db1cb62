namespace Codex.Agent.Interactive.Screen;

/// <summary>A line with what stands before it; where it is wrapped, the next rows begin under the text.</summary>
internal sealed record LedLine(string Lead, string Text)
{
    /// <summary>A text of several lines, the lead before the first.</summary>
    public static IEnumerable<LedLine> Block(string lead, string text) =>
        text.TrimEnd('\n').Split('\n').Select((line, i) => new LedLine(i == 0 ? lead : Blank(lead), line));

    public override string ToString() => Lead + Text;

    /// <param name="width">Cells of a row.</param>
    public IEnumerable<string> Wrap(int width) =>
        // So narrow that the lead leaves no room: without it.
        width - CellWidth.Of(Lead) < 8
            ? CellRows.Of(Lead + Text, width)
            : CellRows.Of(Text, width - CellWidth.Of(Lead)).Select((row, i) => (i == 0 ? Lead : Blank(Lead)) + row);

    private static string Blank(string lead) => new(' ', CellWidth.Of(lead));
}
