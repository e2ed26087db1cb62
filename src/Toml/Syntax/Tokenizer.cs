using System.Buffers;
using Codex.Toml.Text;

namespace Codex.Toml.Syntax;

/// <summary>
/// Cuts bytes into tokens without knowing where they stand: a token depends on nothing but the offset it begins at. It never fails;
/// what no token can begin with is an <see cref="TokenKind.Atom"/>.
/// </summary>
internal static class Tokenizer
{
    private static readonly SearchValues<byte> AtomEnd = SearchValues.Create(" \t\r\n#\"'.,=[]{}"u8);

    public static Token Scan(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
            return new(TokenKind.EndOfFile, new(at, 0));
        return text[at] switch
        {
            (byte)' ' or (byte)'\t' => Whitespace(text, at),
            (byte)'\n' => Single(TokenKind.NewLine),
            (byte)'\r' when at + 1 < text.Length && text[at + 1] == (byte)'\n' => new(TokenKind.NewLine, new(at, 2)),
            (byte)'\r' => Single(TokenKind.StrayCarriageReturn),
            (byte)'#' => new(TokenKind.Comment, TextSpan.FromBounds(at, EndOfLine(text, at))),
            (byte)'.' => Single(TokenKind.Dot),
            (byte)',' => Single(TokenKind.Comma),
            (byte)'=' => Single(TokenKind.Equal),
            (byte)'[' => Single(TokenKind.LeftBracket),
            (byte)']' => Single(TokenKind.RightBracket),
            (byte)'{' => Single(TokenKind.LeftBrace),
            (byte)'}' => Single(TokenKind.RightBrace),
            (byte)'"' => text[at..].StartsWith("\"\"\""u8) ? MultiLineBasic(text, at) : Basic(text, at),
            (byte)'\'' => text[at..].StartsWith("'''"u8) ? MultiLineLiteral(text, at) : Literal(text, at),
            0xEF when at == 0 && text.StartsWith(ByteOrderMark) => new(TokenKind.ByteOrderMark, new(0, 3)),
            _ => Atom(text, at),
        };

        Token Single(TokenKind kind) => new(kind, new(at, 1));
    }

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Where the line of this offset ends, its line end left out.</summary>
    public static int EndOfLine(ReadOnlySpan<byte> text, int at)
    {
        var feed = text[at..].IndexOf((byte)'\n');
        if (feed < 0)
            return text.Length;
        var end = at + feed;
        return end > at && text[end - 1] == (byte)'\r' ? end - 1 : end;
    }

    private static Token Whitespace(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        return new(TokenKind.Whitespace, new(at, length < 0 ? text.Length - at : length));
    }

    private static Token Atom(ReadOnlySpan<byte> text, int at)
    {
        var length = text[(at + 1)..].IndexOfAny(AtomEnd);
        return new(TokenKind.Atom, new(at, length < 0 ? text.Length - at : length + 1));
    }

    private static Token Basic(ReadOnlySpan<byte> text, int start)
    {
        for (var at = start + 1; ;)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            if (next < 0)
                return new(TokenKind.BasicString, TextSpan.FromBounds(start, text.Length), IsTerminated: false);
            at += next;
            if (text[at] == (byte)'"')
                return new(TokenKind.BasicString, TextSpan.FromBounds(start, at + 1));
            var endsLine = text[at] == (byte)'\n' || at + 1 >= text.Length || text[at + 1] is (byte)'\n' or (byte)'\r';
            if (endsLine)
                return new(TokenKind.BasicString, TextSpan.FromBounds(start, EndOfLine(text, start)), IsTerminated: false);
            at += 2;
        }
    }

    private static Token Literal(ReadOnlySpan<byte> text, int start)
    {
        var next = text[(start + 1)..].IndexOfAny((byte)'\'', (byte)'\n');
        return next >= 0 && text[start + 1 + next] == (byte)'\''
            ? new(TokenKind.LiteralString, new(start, next + 2))
            : new(TokenKind.LiteralString, TextSpan.FromBounds(start, EndOfLine(text, start)), IsTerminated: false);
    }

    private static Token MultiLineBasic(ReadOnlySpan<byte> text, int start)
    {
        for (var at = start + 3; at < text.Length;)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                break;
            at += next;
            if (text[at] == (byte)'\\')
                at += 2;
            else if (text[at..].StartsWith("\"\"\""u8))
                return new(TokenKind.MultiLineBasicString, TextSpan.FromBounds(start, AfterQuotes(text, at)));
            else
                at++;
        }

        return new(TokenKind.MultiLineBasicString, TextSpan.FromBounds(start, text.Length), IsTerminated: false);
    }

    private static Token MultiLineLiteral(ReadOnlySpan<byte> text, int start)
    {
        var next = text[(start + 3)..].IndexOf("'''"u8);
        return next < 0
            ? new(TokenKind.MultiLineLiteralString, TextSpan.FromBounds(start, text.Length), IsTerminated: false)
            : new(TokenKind.MultiLineLiteralString, TextSpan.FromBounds(start, AfterQuotes(text, start + 3 + next)));
    }

    /// <summary>Up to two more quotes belong to the string: they stand just inside its end.</summary>
    private static int AfterQuotes(ReadOnlySpan<byte> text, int at)
    {
        var end = at + 3;
        while (end < text.Length && end < at + 5 && text[end] == text[at])
            end++;
        return end;
    }
}
