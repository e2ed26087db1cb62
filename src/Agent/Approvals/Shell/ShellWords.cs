using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Approvals.Shell;

/// <summary>Words and the one line that stands for them.</summary>
public static class ShellWords
{
    /// <summary>As one would type it: words are quoted only where a shell would take them apart.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>Words of a line without any meaning of a shell's but quotes and backslashes; null when a quote is not closed.</summary>
    public static ImmutableArray<string>? Split(string line)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else if (quote != '\'' && character == '\\' && at + 1 < line.Length && (quote == '\0' || line[at + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(line[++at]);
                inWord = true;
            }
            else if (quote == '\0' && character is '"' or '\'')
            {
                quote = character;
                inWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(character);
                inWord = true;
            }
        }

        if (quote != '\0')
            return null;
        if (inWord)
            words.Add(word.ToString());
        return words.ToImmutable();
    }

    /// <summary>Codex shows a word in pieces, each bare, in single or in double quotes, whatever takes it furthest in any shell.</summary>
    private static string Quote(string word)
    {
        if (word.Length == 0)
            return "''";
        var line = new StringBuilder(word.Length + 2);
        for (var at = 0; at < word.Length;)
        {
            var (bare, single, twofold) = (true, true, true);
            var end = at;
            // bash takes a caret for history unless a single quote opens right before it.
            if (word[at] == '^')
                (bare, twofold, end) = (false, false, at + 1);
            for (; end < word.Length; end++)
            {
                var character = word[end];
                var next = (Bare: bare && IsPlain(character), Single: single && character is not ('\'' or '^' or '\\'), Twofold: twofold && character is not ('`' or '$' or '!' or '^'));
                if (next is { Bare: false, Single: false, Twofold: false })
                    break;
                (bare, single, twofold) = next;
            }

            Append(line, word.AsSpan(at, end - at), bare, single);
            at = end;
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> piece, bool bare, bool single)
    {
        if (bare)
        {
            line.Append(piece);
        }
        else if (single)
        {
            line.Append('\'').Append(piece).Append('\'');
        }
        else
        {
            line.Append('"');
            foreach (var character in piece)
            {
                if (character is '"' or '\\')
                    line.Append('\\');
                line.Append(character);
            }

            line.Append('"');
        }
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '.' or '/' or ':' or '@' or ']' or '_';
}
