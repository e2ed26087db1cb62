namespace Codex.Toml.Text;

/// <summary>
/// The lines of a text, counted from 0. A line includes its line feed; a text that ends with one has no empty line behind it,
/// and an empty text has no lines.
/// </summary>
public sealed class LineIndex
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<int> _starts = [];

    internal LineIndex(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        var text = bytes.Span;
        for (var at = 0; at < text.Length;)
        {
            _starts.Add(at);
            var feed = text[at..].IndexOf((byte)'\n');
            at = feed < 0 ? text.Length : at + feed + 1;
        }
    }

    public int Count => _starts.Count;

    /// <summary>The first byte of a line; the end of the text for the line behind the last.</summary>
    public int Start(int line) => line < _starts.Count ? _starts[line] : _bytes.Length;

    /// <summary>The line with its line end.</summary>
    public TextSpan Span(int line) => TextSpan.FromBounds(Start(line), Start(line + 1));

    /// <summary>The line without its line end.</summary>
    public TextSpan Content(int line)
    {
        var span = Span(line);
        var text = _bytes.Span.Slice(span.Start, span.Length);
        if (text.EndsWith("\r\n"u8))
            return new(span.Start, span.Length - 2);
        return text.EndsWith("\n"u8) ? new(span.Start, span.Length - 1) : span;
    }

    /// <summary>The line that holds this byte; the end of the text belongs to the last line unless that is ended.</summary>
    public int LineAt(int offset)
    {
        var found = _starts.BinarySearch(offset);
        if (found >= 0)
            return found;
        var line = Math.Max(0, ~found - 1);
        return offset == _bytes.Length && offset > 0 && _bytes.Span[^1] == (byte)'\n' ? _starts.Count : line;
    }

    public LinePosition PositionAt(int offset)
    {
        var line = LineAt(offset);
        var column = 1;
        foreach (var b in _bytes.Span[Start(line)..offset])
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        return new(line + 1, column);
    }
}
