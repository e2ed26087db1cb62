using Codex.Translation.Dialects;
using Codex.Translation.Translate;

namespace Codex.Translation.Text;

/// <summary>Content through both filters of a dialect: reasoning tags first, leaked calls in what remains.</summary>
internal sealed class ContentSplitter
{
    private static readonly List<ContentPiece> Nothing = [];

    private readonly ThinkTagSplitter? _think;
    private readonly LeakedCallScanner? _leaks;
    private readonly List<ContentPiece> _pieces = [];
    private readonly List<ContentPiece> _between = [];

    public ContentSplitter(Dialect dialect, ToolMap tools)
    {
        _think = dialect.ThinkTags is { } tags ? new ThinkTagSplitter(tags) : null;
        // Without tools there is nothing a leaked call could be.
        _leaks = dialect.LeakedCalls.IsEmpty || tools.Bindings.IsEmpty ? null : new LeakedCallScanner(dialect.LeakedCalls, tools);
    }

    /// <summary>True when content is plain text from here on and need not come through here any more.</summary>
    public bool IsPassing => _leaks is null && _think is null or { IsPassing: true };

    /// <returns>Valid until the next call.</returns>
    public List<ContentPiece> Push(string content)
    {
        _pieces.Clear();
        _between.Clear();
        if (_think is null)
            _between.Add(new ContentPiece.Text(content));
        else
            _think.Push(content, _between);
        Scan();
        return _pieces;
    }

    /// <returns>Valid until the next call.</returns>
    public List<ContentPiece> Flush(bool cut)
    {
        if (IsPassing)
            return Nothing;
        _pieces.Clear();
        _between.Clear();
        _think?.Flush(_between);
        Scan();
        _leaks?.Flush(cut, _pieces);
        return _pieces;
    }

    private void Scan()
    {
        foreach (var piece in _between)
        {
            if (_leaks is not null && piece is ContentPiece.Text text)
                _leaks.Push(text.Value, _pieces);
            else
                _pieces.Add(piece);
        }
    }
}
