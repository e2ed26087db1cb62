using System.Text;
using Codex.Translation.Dialects;

namespace Codex.Translation.Text;

/// <summary>
/// Separates reasoning that a model writes between tags at the start of its content. Tags further on are quoted text,
/// not reasoning, and stay. Held back is only what may prove to be a tag.
/// </summary>
internal sealed class ThinkTagSplitter(ThinkTags tags)
{
    private readonly StringBuilder _held = new();
    private State _state = State.Start;

    private enum State
    {
        Start,
        BeforeReasoning,
        Reasoning,
        AfterReasoning,
        Text,
    }

    /// <summary>True once nothing but plain text can follow.</summary>
    public bool IsPassing => _state == State.Text;

    public void Push(string delta, List<ContentPiece> pieces)
    {
        _held.Append(delta);
        while (_held.Length > 0 && Step(pieces))
        {
        }
    }

    /// <summary>Gives up what was held back for a tag that never came.</summary>
    public void Flush(List<ContentPiece> pieces)
    {
        if (_held.Length == 0)
            return;
        var rest = TakeHeld();
        if (_state == State.Reasoning)
            pieces.Add(new ContentPiece.Reasoning(rest));
        else if (_state is State.Start or State.Text)
            pieces.Add(new ContentPiece.Text(rest));
    }

    private bool Step(List<ContentPiece> pieces) => _state switch
    {
        State.Start => Begin(),
        State.Reasoning => Reason(pieces),
        State.BeforeReasoning => SkipSpace(State.Reasoning),
        State.AfterReasoning => SkipSpace(State.Text),
        State.Text => Pass(pieces),
        _ => throw new InvalidOperationException($"No such state: {_state}"),
    };

    private bool Begin()
    {
        var text = _held.ToString();
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith(tags.Open, StringComparison.Ordinal))
        {
            _held.Remove(0, text.Length - start.Length + tags.Open.Length);
            _state = State.BeforeReasoning;
            return true;
        }

        // Space alone, or a tag that is not complete: more has to come before this is decided.
        if (tags.Open.AsSpan().StartsWith(start, StringComparison.Ordinal))
            return false;
        _state = State.Text;
        return true;
    }

    private bool Reason(List<ContentPiece> pieces)
    {
        var text = _held.ToString();
        var close = text.IndexOf(tags.Close, StringComparison.Ordinal);
        var sure = close >= 0 ? close : text.Length - TagMatch.PartialAtEnd(text, tags.Close);
        if (sure > 0)
            pieces.Add(new ContentPiece.Reasoning(text[..sure]));
        _held.Remove(0, close >= 0 ? close + tags.Close.Length : sure);
        if (close >= 0)
            _state = State.AfterReasoning;
        return close >= 0;
    }

    /// <summary>Templates put the tags on lines of their own.</summary>
    private bool SkipSpace(State next)
    {
        var space = 0;
        while (space < _held.Length && char.IsWhiteSpace(_held[space]))
            space++;
        _held.Remove(0, space);
        if (_held.Length == 0)
            return false;
        _state = next;
        return true;
    }

    private bool Pass(List<ContentPiece> pieces)
    {
        pieces.Add(new ContentPiece.Text(TakeHeld()));
        return false;
    }

    private string TakeHeld()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }
}
