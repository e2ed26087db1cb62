using System.Globalization;
using System.Text;

namespace Codex.Toml.Diagnostics;

/// <summary>A fault shown in its line.</summary>
public static class CaretRendering
{
    /// <summary>Longest piece of the line that is shown, in Unicode scalars; a longer line is cut around the fault.</summary>
    private const int MostScalars = 120;

    /// <summary>
    /// <c>name:line:column: message</c>, the line with a caret under the fault, and the hint. Lines are parted by line feeds;
    /// there is none at the end. Control characters of the text are shown as pictures (U+2400…), so that they cannot steer a terminal.
    /// </summary>
    /// <param name="diagnostic">The fault.</param>
    /// <param name="document">The text it is in.</param>
    /// <param name="name">What to call the text.</param>
    /// <param name="conceal">Covers what nobody may see in a whole line, by as many characters, so that the caret still stands right.</param>
    public static string Render(this TomlDiagnostic diagnostic, TomlDocument document, string name, Func<string, string>? conceal = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}:{diagnostic.Position}: {diagnostic.Message}");
        if (diagnostic.Position.Line <= document.Lines.Count && diagnostic.Code is not DiagnosticCode.TooLarge)
            AppendLine(text, diagnostic, document, conceal ?? (line => line));
        if (diagnostic.Hint is not null)
            text.Append("\nhint: ").Append(diagnostic.Hint);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, TomlDiagnostic diagnostic, TomlDocument document, Func<string, string> conceal)
    {
        var content = document.Lines.Content(diagnostic.Position.Line - 1);
        var bytes = document.Bytes.Span;
        var first = Math.Max(diagnostic.Position.Column - 1 - (MostScalars / 2), 0);
        var column = diagnostic.Position.Column - 1 - first;
        var shown = Cut(conceal(Shown(bytes.Slice(content.Start, content.Length))), first);
        var end = Math.Min(diagnostic.Span.End, content.End);
        var marked = end > diagnostic.Offset ? Scalars(bytes[diagnostic.Offset..end]) : 1;
        marked = Math.Clamp(marked, 1, Math.Max(1, MostScalars - column));

        var number = diagnostic.Position.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        text.Append(CultureInfo.InvariantCulture, $"\n {number} | {shown}\n {margin} | ");
        text.Append(' ', column).Append('^', marked);
    }

    private static string Shown(ReadOnlySpan<byte> line)
    {
        var shown = new StringBuilder();
        while (!line.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(line, out var rune, out var length);
            line = line[length..];
            shown.Append(Printable(rune).ToString());
        }

        return shown.ToString();
    }

    private static string Cut(string line, int first) => string.Concat(line.EnumerateRunes().Skip(first).Take(MostScalars).Select(r => r.ToString()));

    private static Rune Printable(Rune rune) => rune.Value switch
    {
        '\t' or 0xFEFF => new Rune(' '),
        < 0x20 => new Rune(0x2400 + rune.Value),
        0x7F => new Rune(0x2421),
        >= 0x80 and < 0xA0 or 0x2028 or 0x2029 => new Rune(0xFFFD),
        _ => rune,
    };

    private static int Scalars(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }
}
