using System.Text;

namespace Codex.Agent.Approvals.Rules;

internal enum RuleTokenKind
{
    Name,
    Text,
    Number,
    Sign,
    LineEnd,
    End,
}

internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Line);

/// <summary>Splits Starlark, as far as rules use it, into tokens. Inside brackets a line end means nothing.</summary>
internal static class RuleTokens
{
    public static IReadOnlyList<RuleToken> Read(string text)
    {
        var tokens = new List<RuleToken>();
        var (line, open) = (1, 0);
        for (var at = 0; at < text.Length;)
        {
            var character = text[at];
            switch (character)
            {
                case '\n' or ';':
                    if (open == 0)
                        tokens.Add(new RuleToken(RuleTokenKind.LineEnd, "line end", line));
                    line += character == '\n' ? 1 : 0;
                    at++;
                    break;
                case ' ' or '\t' or '\r':
                    at++;
                    break;
                case '\\' when at + 1 < text.Length && text[at + 1] == '\n':
                    line++;
                    at += 2;
                    break;
                case '#':
                    while (at < text.Length && text[at] != '\n')
                        at++;
                    break;
                case '"' or '\'':
                    tokens.Add(new RuleToken(RuleTokenKind.Text, ReadText(text, ref at, ref line, isRaw: false), line));
                    break;
                case 'r' when at + 1 < text.Length && text[at + 1] is '"' or '\'':
                    at++;
                    tokens.Add(new RuleToken(RuleTokenKind.Text, ReadText(text, ref at, ref line, isRaw: true), line));
                    break;
                case '(' or '[' or ')' or ']' or ',' or '=' or '+':
                    open += character is '(' or '[' ? 1 : character is ')' or ']' ? -1 : 0;
                    tokens.Add(new RuleToken(RuleTokenKind.Sign, character.ToString(), line));
                    at++;
                    break;
                case var _ when char.IsLetterOrDigit(character) || character == '_':
                    var start = at;
                    while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
                        at++;
                    tokens.Add(new RuleToken(char.IsDigit(character) ? RuleTokenKind.Number : RuleTokenKind.Name, text[start..at], line));
                    break;
                default:
                    // Whoever reads the statement knows what is wrong with it.
                    tokens.Add(new RuleToken(RuleTokenKind.Sign, character.ToString(), line));
                    at++;
                    break;
            }
        }

        tokens.Add(new RuleToken(RuleTokenKind.LineEnd, "end of file", line));
        tokens.Add(new RuleToken(RuleTokenKind.End, "end of file", line));
        return tokens;
    }

    private static string ReadText(string text, ref int at, ref int line, bool isRaw)
    {
        var quote = text[at].ToString();
        var mark = text.AsSpan(at).StartsWith(quote + quote + quote) ? quote + quote + quote : quote;
        var begun = line;
        var value = new StringBuilder();
        for (at += mark.Length; at < text.Length; at++)
        {
            if (text.AsSpan(at).StartsWith(mark))
            {
                at += mark.Length;
                return value.ToString();
            }

            var character = text[at];
            if (character == '\n' && mark.Length == 1)
                break;
            line += character == '\n' ? 1 : 0;
            if (character == '\\' && at + 1 < text.Length)
            {
                line += text[at + 1] == '\n' ? 1 : 0;
                Unescape(value, text[++at], isRaw);
            }
            else
            {
                value.Append(character);
            }
        }

        throw new RuleSyntaxException(begun, "a string is not closed");
    }

    private static void Unescape(StringBuilder value, char escaped, bool isRaw)
    {
        if (isRaw)
            value.Append('\\');
        switch (escaped)
        {
            case 'n' when !isRaw:
                value.Append('\n');
                break;
            case 't' when !isRaw:
                value.Append('\t');
                break;
            case 'r' when !isRaw:
                value.Append('\r');
                break;
            case '\n' when !isRaw:
                break;
            case '\\' or '"' or '\'':
                value.Append(escaped);
                break;
            default:
                // Starlark keeps a backslash that means nothing.
                value.Append(isRaw ? "" : "\\").Append(escaped);
                break;
        }
    }
}
