using System.Text;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Text of others made harmless: what a model or a command writes must not steer the terminal.</summary>
public static class PlainText
{
    private const char Escape = '\e';
    private const char Bell = '\a';
    private const string TabStop = "    ";

    /// <summary>Without escape sequences, control characters and those that reorder others; lines end with <c>\n</c>, and a line written over and over shows its last state.</summary>
    public static string Of(string text) => Of(text, TabStop);

    /// <summary>As above, for output that is not laid out: tabs stay.</summary>
    public static string WithTabs(string text) => Of(text, "\t");

    private static string Of(string text, string tab)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == Escape)
                at = EndOfSequence(text, at);
            else if (c == '\t')
                plain.Append(tab);
            else if (c == '\r')
                Return(plain, isLineEnd: at + 1 >= text.Length || text[at + 1] == '\n');
            else if (c == '\n' || !(char.IsControl(c) || IsReordering(c)))
                plain.Append(c);
        }

        return plain.ToString();
    }

    /// <summary>Embeds, overrides and isolates of writing direction, which could show a text in another order than it has.</summary>
    private static bool IsReordering(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static void Return(StringBuilder plain, bool isLineEnd)
    {
        if (isLineEnd)
            return;
        while (plain.Length > 0 && plain[^1] != '\n')
            plain.Length--;
    }

    /// <summary>The last character of the sequence that begins here (ECMA-48, 5.4 and 5.6).</summary>
    private static int EndOfSequence(string text, int at)
    {
        if (at + 1 >= text.Length)
            return at;
        switch (text[at + 1])
        {
            case '[':
                for (at += 2; at < text.Length && text[at] is < '@' or > '~'; at++)
                {
                }

                return at;
            case ']' or 'P' or 'X' or '^' or '_':
                for (at += 2; at < text.Length && text[at] != Bell; at++)
                {
                    if (text[at] == Escape)
                        return at + 1;
                }

                return at;
            default:
                return at + 1;
        }
    }
}
