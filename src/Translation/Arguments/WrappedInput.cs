using System.Globalization;
using System.Text;

namespace Codex.Translation.Arguments;

/// <summary>
/// Decodes <c>{"input":"…"}</c> while it arrives, so that a custom tool's input can be streamed. Text that turns out
/// to be anything else is left for the end, when all of it is known.
/// </summary>
internal sealed class WrappedInput
{
    private const string Key = "\"input\"";

    private readonly StringBuilder _raw = new();
    private readonly StringBuilder _decoded = new();
    private State _state = State.Brace;
    private int _keyAt;
    private int _textEnd;
    private string _hex = "";
    private char _highSurrogate;

    private enum State
    {
        Brace,
        Key,
        Colon,
        Quote,
        Text,
        Escape,
        Hex,
        Tail,
        Whole,
        Other,
    }

    public string Raw => _raw.ToString();

    /// <summary>The input decoded so far; grows only by appending.</summary>
    public StringBuilder Decoded => _decoded;

    /// <summary>The string was closed, and with it the object: nothing else stood in it.</summary>
    public bool IsWhole => _state == State.Whole;

    /// <summary>The string is not closed yet.</summary>
    public bool IsInText => _state is State.Text or State.Escape or State.Hex;

    /// <summary>What of <see cref="Raw"/> stands behind the string, its quote included; everything where there was no string.</summary>
    public string Undecoded => _raw.ToString(_textEnd, _raw.Length - _textEnd);

    public void Append(ReadOnlySpan<char> fragment)
    {
        foreach (var c in fragment)
        {
            if (_state != State.Other)
                Next(c);
            _raw.Append(c);
        }
    }

    private void Next(char c)
    {
        switch (_state)
        {
            case State.Text:
                NextOfText(c);
                return;
            case State.Escape:
                NextOfEscape(c);
                return;
            case State.Hex:
                NextOfHex(c);
                return;
            case State.Key when _keyAt > 0:
                _state = c == Key[_keyAt] ? State.Key : State.Other;
                if (++_keyAt == Key.Length && _state == State.Key)
                    _state = State.Colon;
                return;
        }

        if (char.IsWhiteSpace(c))
            return;
        _state = (_state, c) switch
        {
            (State.Brace, '{') => State.Key,
            (State.Key, '"') => State.Key,
            (State.Colon, ':') => State.Quote,
            (State.Quote, '"') => State.Text,
            (State.Tail, '}') => State.Whole,
            // Closers too many are a slip without a second meaning.
            (State.Whole, '}') => State.Whole,
            // A second key, or a quote that was meant as text: what was decoded stays, but it may not be all.
            _ => State.Other,
        };
        if (_state == State.Key && c == '"')
            _keyAt = 1;
    }

    private void NextOfText(char c)
    {
        if (c == '"')
            CloseText();
        else if (c == '\\')
            _state = State.Escape;
        else
            Emit(c); // A raw line end is no JSON, but what it means inside a patch is plain.
    }

    private void NextOfEscape(char c)
    {
        _state = State.Text;
        switch (c)
        {
            case 'n':
                Emit('\n');
                break;
            case 't':
                Emit('\t');
                break;
            case 'r':
                Emit('\r');
                break;
            case 'b':
                Emit('\b');
                break;
            case 'f':
                Emit('\f');
                break;
            case '"' or '\\' or '/' or '\'':
                Emit(c);
                break;
            case 'u':
                _state = State.Hex;
                _hex = "";
                break;
            default:
                Emit('\\');
                Emit(c);
                break;
        }
    }

    private void NextOfHex(char c)
    {
        if (!char.IsAsciiHexDigit(c))
        {
            // "C:\users" without its second backslash can only have meant the characters themselves.
            _state = State.Text;
            Emit('\\');
            Emit('u');
            foreach (var digit in _hex)
                Emit(digit);
            NextOfText(c);
            return;
        }

        _hex += c;
        if (_hex.Length < 4)
            return;
        _state = State.Text;
        Emit((char)ushort.Parse(_hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }

    private void CloseText()
    {
        _state = State.Tail;
        if (_highSurrogate != default)
            _decoded.Append('\uFFFD');
        _highSurrogate = default;
        _textEnd = _decoded.Length > 0 ? _raw.Length : 0;
    }

    /// <summary>Half of a surrogate pair waits for its other half: alone it is no text and would be lost on the wire.</summary>
    private void Emit(char c)
    {
        if (_highSurrogate != default)
        {
            var high = _highSurrogate;
            _highSurrogate = default;
            if (char.IsLowSurrogate(c))
            {
                _decoded.Append(high).Append(c);
                return;
            }

            _decoded.Append('\uFFFD');
        }

        if (char.IsHighSurrogate(c))
            _highSurrogate = c;
        else
            _decoded.Append(char.IsLowSurrogate(c) ? '\uFFFD' : c);
    }
}
