using System.Globalization;
using System.Text;

namespace Codex.Agent.Approvals.Shell;

/// <summary><c>$'…'</c>, in which a backslash begins a character by its number or name.</summary>
internal static class AnsiQuote
{
    /// <param name="at">On the <c>$</c>; afterwards on the closing quote, or on the last character of the script.</param>
    public static string Read(string script, ref int at)
    {
        var text = new StringBuilder();
        for (at += 2; at < script.Length && script[at] != '\''; at++)
        {
            if (script[at] == '\\' && at + 1 < script.Length)
                ReadEscape(script, ref at, text);
            else
                text.Append(script[at]);
        }

        at = Math.Min(at, script.Length - 1);
        return text.ToString();
    }

    private static void ReadEscape(string script, ref int at, StringBuilder text)
    {
        var letter = script[++at];
        switch (letter)
        {
            case 'x':
                Append(text, ReadNumber(script, ref at, most: 2, radix: 16));
                break;
            case 'u':
                Append(text, ReadNumber(script, ref at, most: 4, radix: 16));
                break;
            case 'U':
                Append(text, ReadNumber(script, ref at, most: 8, radix: 16));
                break;
            case >= '0' and <= '7':
                at--;
                Append(text, ReadNumber(script, ref at, most: 3, radix: 8));
                break;
            case 'c' when at + 1 < script.Length:
                text.Append((char)(script[++at] & 0x1F));
                break;
            default:
                text.Append(letter switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'e' or 'E' => '\e', 'f' => '\f', 'v' => '\v', _ => letter });
                break;
        }
    }

    private static int ReadNumber(string script, ref int at, int most, int radix)
    {
        var number = 0;
        for (; most > 0 && at + 1 < script.Length && int.TryParse(script.AsSpan(at + 1, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit) && digit < radix; most--)
        {
            number = (number * radix) + digit;
            at++;
        }

        return number;
    }

    private static void Append(StringBuilder text, int number) =>
        text.Append(Rune.TryCreate(number, out var rune) ? rune.ToString() : "\uFFFD");
}
