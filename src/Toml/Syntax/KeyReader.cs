using System.Buffers;
using System.Text;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Syntax;

/// <summary>What became of reading a key.</summary>
internal readonly record struct KeyReading(KeySegment[]? Segments, int End, KeyFault Fault, TextSpan FaultSpan);

internal enum KeyFault
{
    None,

    /// <summary>No key begins here.</summary>
    Missing,

    /// <summary>A byte that a bare key cannot have.</summary>
    BadBareKey,

    Unterminated,
    MultiLine,
    BadString,
}

/// <summary>Reads keys, bare, quoted and dotted.</summary>
internal static class KeyReader
{
    private static readonly SearchValues<byte> Bare =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Reads the key that begins at this offset. <see cref="KeyReading.End"/> is behind the blanks that follow it.</summary>
    public static KeyReading Read(ReadOnlySpan<byte> text, int at, TomlVersion version)
    {
        KeySegment[] one = new KeySegment[1];
        List<KeySegment>? several = null;
        while (true)
        {
            var token = Tokenizer.Scan(text, at);
            if (Fault(text, token, version, out var span) is var fault and not KeyFault.None)
                return new(null, at, fault, span);
            var content = text.Slice(token.Start, token.Span.Length);
            var segment = new KeySegment(token.IsString ? StringSpelling.Decode(content) : Encoding.ASCII.GetString(content), token.Span);
            if (several is null)
                one[0] = segment;
            else
                several.Add(segment);

            at = SkipBlanks(text, token.End);
            if (at >= text.Length || text[at] != (byte)'.')
                return new(several?.ToArray() ?? one, at, KeyFault.None, default);
            several ??= [segment];
            at = SkipBlanks(text, at + 1);
        }
    }

    /// <summary>Reads a text that is nothing but a key; null when it is not.</summary>
    public static KeySegment[]? ReadWhole(ReadOnlySpan<byte> text)
    {
        var reading = Read(text, SkipBlanks(text, 0), TomlVersion.V1_1);
        return reading.End == text.Length ? reading.Segments : null;
    }

    public static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }

    private static KeyFault Fault(ReadOnlySpan<byte> text, Token token, TomlVersion version, out TextSpan span)
    {
        span = token.Span;
        switch (token.Kind)
        {
            case TokenKind.Atom:
                var bad = text.Slice(token.Start, token.Span.Length).IndexOfAnyExcept(Bare);
                if (bad < 0)
                    return KeyFault.None;
                _ = Rune.DecodeFromUtf8(text[(token.Start + bad)..], out _, out var length);
                span = new(token.Start + bad, length);
                return KeyFault.BadBareKey;
            case TokenKind.MultiLineBasicString or TokenKind.MultiLineLiteralString:
                span = new(token.Start, 3);
                return KeyFault.MultiLine;
            case TokenKind.BasicString or TokenKind.LiteralString when !token.IsTerminated:
                return KeyFault.Unterminated;
            case TokenKind.BasicString or TokenKind.LiteralString:
                if (StringSpelling.Check(text.Slice(token.Start, token.Span.Length), version, out var within) == StringFault.None)
                    return KeyFault.None;
                span = new(token.Start + within.Start, within.Length);
                return KeyFault.BadString;
            default:
                span = new(token.Start, 0);
                return KeyFault.Missing;
        }
    }
}
