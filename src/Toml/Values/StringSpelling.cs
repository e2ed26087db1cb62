using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Codex.Toml.Text;

namespace Codex.Toml.Values;

internal enum StringFault
{
    None,
    ControlCharacter,
    UnknownEscape,
    NewerEscape,
    BadCodePoint,
}

/// <summary>What stands between quotes: checked when read, decoded when asked for.</summary>
internal static class StringSpelling
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), (byte)0x7F]);

    /// <summary>Looks for the first fault; <paramref name="at"/> is its place within the string, quotes counted.</summary>
    public static StringFault Check(ReadOnlySpan<byte> text, TomlVersion version, out TextSpan at)
    {
        var quotes = Quotes(text);
        var content = text[..^quotes];
        at = default;
        var control = FirstControl(content, multiLine: quotes == 3);
        var fault = StringFault.None;
        if (text[0] == (byte)'"')
            fault = CheckEscapes(control < 0 ? content : content[..control], quotes, version, out at);
        if (fault != StringFault.None || control < 0)
            return fault;
        at = new(control, 1);
        return StringFault.ControlCharacter;
    }

    /// <summary>The first control character that may not stand in a string of this sort, or -1.</summary>
    public static int FirstControl(ReadOnlySpan<byte> text, bool multiLine)
    {
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOfAny(Forbidden);
            if (next < 0)
                return -1;
            at += next;
            var isLineEnd = text[at] == (byte)'\n' || (text[at] == (byte)'\r' && at + 1 < text.Length && text[at + 1] == (byte)'\n');
            if (!multiLine || !isLineEnd)
                return at;
            at++;
        }
    }

    /// <summary>The string that a checked spelling means.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        var quotes = Quotes(text);
        var content = text[quotes..^quotes];
        if (quotes == 3)
            content = WithoutFirstLineEnd(content);
        if (text[0] == (byte)'\'' || content.IndexOf((byte)'\\') < 0)
            return Encoding.UTF8.GetString(content);

        var decoded = new StringBuilder(content.Length);
        for (var at = content.IndexOf((byte)'\\'); at >= 0; at = content.IndexOf((byte)'\\'))
        {
            decoded.Append(Encoding.UTF8.GetString(content[..at]));
            content = content[at..];
            content = content[AppendEscape(content, decoded)..];
        }

        return decoded.Append(Encoding.UTF8.GetString(content)).ToString();
    }

    private static int Quotes(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[1] == text[0] && text[2] == text[0] ? 3 : 1;

    private static ReadOnlySpan<byte> WithoutFirstLineEnd(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\r\n"u8))
            return content[2..];
        return content.StartsWith("\n"u8) ? content[1..] : content;
    }

    private static StringFault CheckEscapes(ReadOnlySpan<byte> text, int start, TomlVersion version, out TextSpan at)
    {
        at = default;
        for (var offset = start; ;)
        {
            var next = text[offset..].IndexOf((byte)'\\');
            if (next < 0)
                return StringFault.None;
            offset += next;
            var fault = CheckEscape(text[offset..], multiLine: start == 3, version, out var length);
            if (fault != StringFault.None)
            {
                at = new(offset, Math.Min(length, text.Length - offset));
                return fault;
            }

            offset += length;
        }
    }

    private static StringFault CheckEscape(ReadOnlySpan<byte> escape, bool multiLine, TomlVersion version, out int length)
    {
        length = 2;
        switch (escape.Length > 1 ? escape[1] : (byte)0)
        {
            case (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r':
                return StringFault.None;
            case (byte)'e':
                return version == TomlVersion.V1_0 ? StringFault.NewerEscape : StringFault.None;
            case (byte)'x':
                length = 4;
                return version == TomlVersion.V1_0 ? StringFault.NewerEscape : CheckCodePoint(escape, length);
            case (byte)'u':
                return CheckCodePoint(escape, length = 6);
            case (byte)'U':
                return CheckCodePoint(escape, length = 10);
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' when multiLine && LineEndLength(escape[1..]) > 0:
                length = 1 + LineEndLength(escape[1..]);
                return StringFault.None;
            case >= 0x80:
                _ = Rune.DecodeFromUtf8(escape[1..], out _, out var runeLength);
                length = 1 + runeLength;
                return StringFault.UnknownEscape;
            default:
                return StringFault.UnknownEscape;
        }
    }

    private static StringFault CheckCodePoint(ReadOnlySpan<byte> escape, int length) =>
        escape.Length >= length && TryCodePoint(escape[2..length], out _) ? StringFault.None : StringFault.BadCodePoint;

    private static bool TryCodePoint(ReadOnlySpan<byte> digits, out Rune rune)
    {
        rune = default;
        return Utf8Parser.TryParse(digits, out uint value, out var used, 'x') && used == digits.Length && Rune.TryCreate(value, out rune);
    }

    /// <summary>Blanks up to a line end, and that; 0 when something else comes first.</summary>
    private static int LineEndLength(ReadOnlySpan<byte> text)
    {
        var blanks = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (blanks < 0)
            return 0;
        var rest = text[blanks..];
        if (rest.StartsWith("\n"u8))
            return blanks + 1;
        return rest.StartsWith("\r\n"u8) ? blanks + 2 : 0;
    }

    private static int AppendEscape(ReadOnlySpan<byte> escape, StringBuilder decoded)
    {
        var length = escape[1] switch { (byte)'x' => 4, (byte)'u' => 6, (byte)'U' => 10, _ => 2 };
        if (length > 2)
        {
            _ = TryCodePoint(escape[2..length], out var rune);
            decoded.Append(rune.ToString());
            return length;
        }

        char? single = escape[1] switch
        {
            (byte)'b' => '\b',
            (byte)'t' => '\t',
            (byte)'n' => '\n',
            (byte)'f' => '\f',
            (byte)'r' => '\r',
            (byte)'e' => '\e',
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            _ => null,
        };
        if (single is not null)
        {
            decoded.Append(single);
            return 2;
        }

        // A backslash at the end of a line takes away all blanks and line ends up to the next text.
        var end = escape[1..].IndexOfAnyExcept(" \t\r\n"u8);
        return end < 0 ? escape.Length : 1 + end;
    }
}
