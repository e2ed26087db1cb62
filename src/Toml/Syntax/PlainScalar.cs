using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Syntax;

/// <summary>Values without quotes: numbers, booleans, dates.</summary>
internal static class PlainScalar
{
    private const int MostShown = 40;

    /// <summary>The run of tokens that make one value: words, dots between, and a time behind a date and a single blank.</summary>
    public static TextSpan Extent(ReadOnlySpan<byte> text, int start)
    {
        var end = Joined(text, start);
        if (DateTimeSpelling.IsDate(text[start..end]) && end + 3 < text.Length && text[end] == (byte)' '
            && char.IsAsciiDigit((char)text[end + 1]) && char.IsAsciiDigit((char)text[end + 2]) && text[end + 3] == (byte)':')
            end = Joined(text, end + 1);
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>What the text is; null, and a fault told, when it is no value.</summary>
    public static ScalarKind? Classify(DiagnosticList diagnostics, ReadOnlySpan<byte> text, TextSpan span, TomlVersion version)
    {
        var value = text.Slice(span.Start, span.Length);
        if (value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8))
            return ScalarKind.Boolean;
        if (DateTimeSpelling.LooksLikeOne(value))
            return DateTime(diagnostics, value, span, version);
        switch (IntegerSpelling.TryRead(value, out _))
        {
            case NumberReading.Read:
                return ScalarKind.Integer;
            case NumberReading.OutOfRange:
                diagnostics.Add(DiagnosticCode.NumberOutOfRange, span, "integer does not fit into 64 bits", "put quotes around it if it is a name");
                return null;
            default:
                if (FloatSpelling.IsFloat(value))
                    return ScalarKind.Float;
                Refuse(diagnostics, value, span);
                return null;
        }
    }

    private static int Joined(ReadOnlySpan<byte> text, int at)
    {
        while (Tokenizer.Scan(text, at) is { Kind: TokenKind.Atom or TokenKind.Dot } token)
            at = token.End;
        return at;
    }

    private static ScalarKind? DateTime(DiagnosticList diagnostics, ReadOnlySpan<byte> value, TextSpan span, TomlVersion version)
    {
        if (DateTimeSpelling.TryRead(value, version, out var kind, out var needsNewerVersion))
            return kind;
        if (needsNewerVersion)
            diagnostics.Add(DiagnosticCode.NeedsNewerVersion, span, "a time without seconds needs TOML 1.1", "add :00");
        else
            diagnostics.Add(DiagnosticCode.BadDateTime, span, $"'{Shown(value)}' is no date or time", "write 2006-01-02, 15:04:05 or 2006-01-02T15:04:05Z, or put quotes around it");
        return null;
    }

    private static void Refuse(DiagnosticList diagnostics, ReadOnlySpan<byte> value, TextSpan span)
    {
        if (value.IsEmpty)
            diagnostics.Add(DiagnosticCode.BadValue, span, "expected a value");
        else if (char.IsAsciiDigit((char)value[0]) || value[0] is (byte)'+' or (byte)'-' or (byte)'.')
            diagnostics.Add(DiagnosticCode.BadNumber, span, $"'{Shown(value)}' is no number", NumberHint(value));
        else
            diagnostics.Add(DiagnosticCode.BadValue, span, $"'{Shown(value)}' is no value", ValueHint(value));
    }

    private static string NumberHint(ReadOnlySpan<byte> value) =>
        value.Length > 1 && value[0] == (byte)'0' && char.IsAsciiDigit((char)value[1])
            ? "take away the leading zeros, or put quotes around it"
            : "put quotes around it if it is text";

    private static string ValueHint(ReadOnlySpan<byte> value) =>
        Shown(value).ToUpperInvariant() is "TRUE" or "FALSE" or "INF" or "NAN" ? "write it in lower case" : "put quotes around text";

    private static string Shown(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value.Length > MostShown ? value[..MostShown] : value);
        return KeyWriter.Shown(text) + (value.Length > MostShown ? "…" : "");
    }
}
