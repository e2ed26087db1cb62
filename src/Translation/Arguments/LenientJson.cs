using System.Globalization;
using System.Text;

namespace Codex.Translation.Arguments;

/// <summary>
/// Reads an object as models write it when they slip and writes it as JSON: single quotes, Python's literals, bare
/// keys, trailing commas, raw line ends inside strings, escapes JSON does not know, missing closers at the very end.
/// Everything that is sound already is copied character by character.
/// </summary>
internal sealed class LenientJson(string source)
{
    private const int DeepestNesting = 64;

    private readonly StringBuilder _result = new(source.Length + 16);
    private int _at;

    /// <summary>The JSON written so far.</summary>
    public string Text => _result.ToString();

    /// <param name="end">Where the object ended in the source.</param>
    public bool TryReadObject(out int end)
    {
        var read = Current == '{' && ReadValue(0);
        end = _at;
        return read;
    }

    private char Current => _at < source.Length ? source[_at] : '\0';

    private bool AtEnd => _at >= source.Length;

    private bool ReadValue(int depth)
    {
        if (depth > DeepestNesting)
            return false;
        return Current switch
        {
            '{' => ReadContainer('}', depth),
            '[' => ReadContainer(']', depth),
            '"' or '\'' => IsTripled ? ReadTripled(Current) : ReadString(Current),
            _ => ReadWord(),
        };
    }

    private bool ReadContainer(char closer, int depth)
    {
        _result.Append(source[_at++]);
        var needsComma = false;
        while (true)
        {
            CopySpace();
            // A missing closer at the very end has one place only; everything before it is complete.
            if (AtEnd || Current == closer)
            {
                if (!AtEnd)
                    _at++;
                _result.Append(closer);
                return true;
            }

            if (needsComma)
            {
                if (Current != ',')
                    return false;
                var comma = _at++;
                CopyPending(comma);
                // Behind a comma at the very end something is missing, and nobody knows what.
                if (AtEnd)
                    return false;
                if (Current == closer)
                {
                    needsComma = false;
                    continue;
                }
            }

            if (closer == '}' && !ReadKey())
                return false;
            if (AtEnd || !ReadValue(depth + 1))
                return false;
            needsComma = true;
        }
    }

    /// <summary>Copies a comma and the space behind it, unless a closer follows: then the comma was a trailing one.</summary>
    private void CopyPending(int comma)
    {
        while (!AtEnd && char.IsWhiteSpace(Current))
            _at++;
        if (!AtEnd && Current is not ('}' or ']'))
            _result.Append(source, comma, _at - comma);
    }

    private bool ReadKey()
    {
        if (Current is '"' or '\'')
        {
            if (!ReadString(Current))
                return false;
        }
        else if (!ReadBareKey())
        {
            return false;
        }

        CopySpace();
        if (Current != ':')
            return false;
        _result.Append(source[_at++]);
        CopySpace();
        return true;
    }

    private bool ReadBareKey()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
            _at++;
        if (_at == start)
            return false;
        _result.Append('"').Append(source, start, _at - start).Append('"');
        return true;
    }

    private bool ReadString(char quote)
    {
        _at++;
        _result.Append('"');
        while (!AtEnd)
        {
            var c = source[_at++];
            if (c == quote)
            {
                _result.Append('"');
                return true;
            }

            if (c == '\\')
                CopyEscape();
            else if (c == '"')
                _result.Append("\\\"");
            else if (c < ' ')
                AppendControl(c);
            else
                _result.Append(c);
        }

        return false;
    }

    /// <summary>Python's long text; two quotes alone are an empty one.</summary>
    private bool IsTripled => _at + 2 < source.Length && source[_at + 1] == Current && source[_at + 2] == Current;

    private bool ReadTripled(char quote)
    {
        var start = _at + 3;
        var end = source.IndexOf(new string(quote, 3), start, StringComparison.Ordinal);
        // Where a fourth quote follows the text itself may end with one, and an escape may hide the end.
        if (end < 0 || (end + 3 < source.Length && source[end + 3] == quote) || source.AsSpan(start, end - start).Contains('\\'))
            return false;
        _result.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(source.AsSpan(start, end - start), WireJson.Options.Encoder)).Append('"');
        _at = end + 3;
        return true;
    }

    private void CopyEscape()
    {
        var c = Current;
        if (c is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' || (c == 'u' && HasFourDigits()))
        {
            _result.Append('\\').Append(c);
            _at++;
        }
        else if (c == '\'')
        {
            _result.Append('\'');
            _at++;
        }
        else
        {
            // "\d" can only have meant the two characters themselves.
            _result.Append("\\\\");
        }
    }

    private bool HasFourDigits() =>
        _at + 5 <= source.Length
        && ushort.TryParse(source.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);

    private void AppendControl(char c)
    {
        _ = c switch
        {
            '\n' => _result.Append("\\n"),
            '\r' => _result.Append("\\r"),
            '\t' => _result.Append("\\t"),
            _ => _result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        };
    }

    private bool ReadWord()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '.')
            _at++;
        var word = source.AsSpan(start, _at - start);
        var json = word switch
        {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            "true" or "false" or "null" => word.ToString(),
            _ => null,
        };
        // A number at the very end may lack digits.
        if (json is null && AtEnd)
            return false;
        if (json is not null)
            _result.Append(json);
        else
            _result.Append(word);
        return word.Length > 0;
    }

    private void CopySpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Current))
            _result.Append(source[_at++]);
    }
}
