namespace Codex.Translation.Arguments;

/// <summary>
/// Follows text that should become one JSON object and tells how much of it is certain to stay as it is. Held back
/// are a comma (it may prove to be a trailing one) and an escape that is not complete.
/// </summary>
internal sealed class JsonObjectPrefix
{
    private readonly Stack<char> _open = new();
    private State _state = State.Start;
    private int _position;
    private int _escapeDigits;

    private enum State
    {
        Start,
        KeyOrEnd,
        Key,
        Colon,
        Value,
        ValueOrEnd,
        CommaOrEnd,
        KeyString,
        ValueString,
        KeyEscape,
        ValueEscape,
        Word,
        Whole,
        Broken,
    }

    /// <summary>Characters from the start that are sound.</summary>
    public int SoundLength { get; private set; }

    /// <summary>Whether the text is exactly one complete object.</summary>
    public bool IsWhole => _state == State.Whole;

    public bool IsBroken => _state == State.Broken;

    public void Scan(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (_state == State.Broken)
                return;
            _state = Next(c);
            _position++;
            if (_state is not (State.Broken or State.Start or State.Key or State.KeyEscape or State.ValueEscape) && !AfterComma)
                SoundLength = _position;
        }
    }

    private bool AfterComma { get; set; }

    private State Next(char c)
    {
        if (_state is State.KeyString or State.ValueString)
            return InString(c);
        if (_state is State.KeyEscape or State.ValueEscape)
            return InEscape(c);
        if (_state == State.Word)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'E')
                return State.Word;
            _state = State.CommaOrEnd;
        }

        if (c is ' ' or '\t' or '\n' or '\r')
            return _state;
        return _state switch
        {
            State.Start => c == '{' ? Open('}', State.KeyOrEnd) : State.Broken,
            State.KeyOrEnd when c == '}' => Close(c),
            State.KeyOrEnd or State.Key => c == '"' ? Leave(State.KeyString) : State.Broken,
            State.Colon => c == ':' ? State.Value : State.Broken,
            State.ValueOrEnd when c == ']' && !AfterComma => Close(c),
            State.Value or State.ValueOrEnd => Value(c),
            State.CommaOrEnd => AfterValue(c),
            // Anything behind a complete object makes the whole text no JSON.
            _ => State.Broken,
        };
    }

    private State Leave(State state)
    {
        AfterComma = false;
        return state;
    }

    private State Value(char c)
    {
        AfterComma = false;
        return c switch
        {
            '"' => State.ValueString,
            '{' => Open('}', State.KeyOrEnd),
            '[' => Open(']', State.ValueOrEnd),
            '-' or 't' or 'f' or 'n' => State.Word,
            _ => char.IsAsciiDigit(c) ? State.Word : State.Broken,
        };
    }

    private State AfterValue(char c)
    {
        if (c != ',')
            return Close(c);
        AfterComma = true;
        return _open.Peek() == '}' ? State.Key : State.Value;
    }

    private State Open(char closer, State inside)
    {
        _open.Push(closer);
        return inside;
    }

    private State Close(char c)
    {
        if (_open.Peek() != c)
            return State.Broken;
        _open.Pop();
        return _open.Count == 0 ? State.Whole : State.CommaOrEnd;
    }

    private State InString(char c)
    {
        if (c == '"')
            return _state == State.KeyString ? State.Colon : State.CommaOrEnd;
        if (c == '\\')
        {
            _escapeDigits = 0;
            return _state == State.KeyString ? State.KeyEscape : State.ValueEscape;
        }

        return c < ' ' ? State.Broken : _state;
    }

    private State InEscape(char c)
    {
        var inside = _state == State.KeyEscape ? State.KeyString : State.ValueString;
        if (_escapeDigits > 0)
        {
            if (!char.IsAsciiHexDigit(c))
                return State.Broken;
            return --_escapeDigits == 0 ? inside : _state;
        }

        if (c == 'u')
        {
            _escapeDigits = 4;
            return _state;
        }

        return c is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' ? inside : State.Broken;
    }
}
