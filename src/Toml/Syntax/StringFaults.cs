using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Syntax;

/// <summary>Tells what is wrong with a string or a key.</summary>
internal static class StringFaults
{
    public static bool Check(DiagnosticList diagnostics, ReadOnlySpan<byte> text, Token token, TomlVersion version)
    {
        if (!token.IsTerminated)
            return Unterminated(diagnostics, text, token);
        var fault = StringSpelling.Check(text.Slice(token.Start, token.Span.Length), version, out var within);
        var span = new TextSpan(token.Start + within.Start, within.Length);
        return fault switch
        {
            StringFault.None => true,
            StringFault.ControlCharacter => diagnostics.Add(DiagnosticCode.ControlCharacter, span,
                $"control character U+{text[span.Start]:X4} in a string", text[span.Start] == (byte)'\r' ? "write \\r" : $"write \\u{text[span.Start]:X4} in double quotes"),
            StringFault.NewerEscape => diagnostics.Add(DiagnosticCode.NeedsNewerVersion, span,
                $"the escape {Shown(text, span)} needs TOML 1.1", "write \\u00HH"),
            StringFault.BadCodePoint => diagnostics.Add(DiagnosticCode.BadEscape, span,
                $"{Shown(text, span)} names no Unicode character", "write \\uHHHH with four, or \\UHHHHHHHH with eight hexadecimal digits"),
            _ => diagnostics.Add(DiagnosticCode.BadEscape, span,
                $"unknown escape {Shown(text, span)}", "write \\\\ for a backslash, or put the text between single quotes: 'C:\\dir'"),
        };
    }

    public static void AddKey(DiagnosticList diagnostics, ReadOnlySpan<byte> text, KeyReading reading, TomlVersion version)
    {
        var span = reading.FaultSpan;
        switch (reading.Fault)
        {
            case KeyFault.BadBareKey:
                diagnostics.Add(DiagnosticCode.BadKey, span, $"'{Shown(text, span)}' cannot stand in a key without quotes", "put quotes around the key");
                break;
            case KeyFault.MultiLine:
                diagnostics.Add(DiagnosticCode.BadKey, span, "a key cannot be a multi-line string", "use one pair of quotes");
                break;
            case KeyFault.Unterminated or KeyFault.BadString:
                Check(diagnostics, text, Tokenizer.Scan(text, reading.End), version);
                break;
            case KeyFault.Missing when span.Start < text.Length && text[span.Start] == (byte)'\r':
                AddStrayCarriageReturn(diagnostics, span.Start);
                break;
            default:
                diagnostics.Add(DiagnosticCode.BadKey, span, "expected a key");
                break;
        }
    }

    public static bool AddStrayCarriageReturn(DiagnosticList diagnostics, int at) =>
        diagnostics.Add(DiagnosticCode.ControlCharacter, new(at, 1), "a carriage return without a line feed ends no line", "end lines with LF or CRLF");

    private static bool Unterminated(DiagnosticList diagnostics, ReadOnlySpan<byte> text, Token token)
    {
        var quote = token.Kind switch
        {
            TokenKind.BasicString => "\"",
            TokenKind.LiteralString => "'",
            TokenKind.MultiLineBasicString => "\"\"\"",
            _ => "'''",
        };
        var isWindowsPath = token.Kind == TokenKind.BasicString && text.Slice(token.Start, token.Span.Length).EndsWith("\\\""u8);
        return diagnostics.Add(DiagnosticCode.UnterminatedString, new(token.End, 0),
            $"the string has no end, expected {quote}",
            isWindowsPath ? "the last \\ takes the quote away: put the text between single quotes" : $"it begins at {diagnostics.PositionAt(token.Start)}");
    }

    private static string Shown(ReadOnlySpan<byte> text, TextSpan span)
    {
        var shown = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(text.Slice(span.Start, span.Length)).EnumerateRunes())
            shown.Append(Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : rune.ToString());
        return shown.ToString();
    }
}
