using Codex.Translation.Dialects;

namespace Codex.Translation.Text;

/// <summary>
/// Takes out of reasoning what the backend itself says while it loads the model: from the opening words, at the very
/// start only, to the closing ones. It comes in pieces, cut anywhere.
/// </summary>
internal sealed class NoticeFilter(ThinkTags notice)
{
    private string _held = "";
    private State _state = State.Start;

    private enum State
    {
        Start,
        Notice,
        AfterNotice,
        Passing,
    }

    /// <returns>What of it the model has said; empty while that is not known.</returns>
    public string Pass(string delta)
    {
        if (_state == State.Passing)
            return delta;
        _held += delta;
        if (_state == State.Start)
            Begin();
        if (_state == State.Notice)
            Skip();
        if (_state == State.AfterNotice && _held.AsSpan().TrimStart() is { IsEmpty: false } said)
        {
            _held = said.ToString();
            _state = State.Passing;
        }

        return _state == State.Passing ? _held : "";
    }

    private void Begin()
    {
        if (_held.StartsWith(notice.Open, StringComparison.Ordinal))
        {
            _held = _held[notice.Open.Length..];
            _state = State.Notice;
        }
        else if (!notice.Open.StartsWith(_held, StringComparison.Ordinal))
        {
            _state = State.Passing;
        }
    }

    private void Skip()
    {
        var close = _held.IndexOf(notice.Close, StringComparison.Ordinal);
        if (close >= 0)
            _state = State.AfterNotice;
        _held = close >= 0 ? _held[(close + notice.Close.Length)..] : _held[^TagMatch.PartialAtEnd(_held, notice.Close)..];
    }
}
