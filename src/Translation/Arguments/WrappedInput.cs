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
    private int _hexDigits;
    private int _hex;
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

    /// <summary>The string was closed, and with it the object, or nothing but the brace is missing.</summary>
    public bool IsWhole => _state is State.Whole or State.Tail;

    /// <summary>Not of the form <c>{"input":"…"}</c>; <see cref="Decoded"/> is empty.</summary>
    public bool IsOther => _state == State.Other || (_state < State.Text && _raw.Length > 0);

    public void Append(ReadOnlySpan<char> fragment)
    {
        _raw.Append(fragment);
        foreach (var c in fragment)
        {
            if (_state == State.Other)
                return;
            Next(c);
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
            _ => Else(),
        };
        if (_state == State.Key && c == '"')
            _keyAt = 1;
    }

    /// <summary>A second key makes the object more than an input; what was decoded stays, but it is not the whole.</summary>
    private State Else() => _decoded.Length > 0 && _state is State.Tail or State.Whole ? State.Tail : State.Other;

    private void NextOfText(char c)
    {
        if (c == '"')
            _state = State.Tail;
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
                _hexDigits = 0;
                _hex = 0;
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
            _state = State.Text;
            Emit('\uFFFD');
            NextOfText(c);
            return;
        }

        _hex = (_hex << 4) | int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (++_hexDigits < 4)
            return;
        _state = State.Text;
        Emit((char)_hex);
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
