using System.Text;

namespace Codex.Agent.Approvals.Shell;

/// <summary>
/// Finds every simple command that stands anywhere in a script: in lists, groups, conditions, loops, functions, after
/// redirections, inside substitutions. Where <see cref="ShellScript"/> must understand a script before something is allowed, this
/// one reads on whatever it meets, so that what is forbidden does not hide; what a variable holds it cannot know.
/// </summary>
public static class CommandScan
{
    private const int MostDepth = 8;

    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "if", "then", "elif", "else", "while", "until", "do", "coproc", "!", "{",
    };

    /// <returns>The words of each command, quotes taken off, expansions as they are written, assignments before it left out.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Find(string script)
    {
        var found = new List<IReadOnlyList<string>>();
        Scan(script, depth: 0, found);
        return found;
    }

    private static void Scan(string script, int depth, List<IReadOnlyList<string>> found)
    {
        if (depth > MostDepth)
            return;
        var words = new List<string>();
        var hereDocuments = new List<HereDocument>();
        for (var at = 0; at < script.Length;)
        {
            switch (script[at])
            {
                case ' ' or '\t' or '\r':
                    at++;
                    break;
                case '\\' when at + 1 < script.Length && script[at + 1] == '\n':
                    at += 2;
                    break;
                case '#':
                    at = LineEnd(script, at);
                    break;
                case '\n':
                    End(words, found);
                    at++;
                    foreach (var document in hereDocuments)
                        at = document.Skip(script, at, body => Scan(body, depth + 1, found));
                    hereDocuments.Clear();
                    break;
                case ';' or '&' or '|' or '(' or ')':
                    End(words, found);
                    at++;
                    break;
                case '<' when script.AsSpan(at).StartsWith("<<") && !script.AsSpan(at).StartsWith("<<<"):
                    at += 2;
                    hereDocuments.Add(HereDocument.Read(script, ref at, feedsShell: words.Any(ShellPrograms.IsShell)));
                    break;
                case '<' when script.AsSpan(at).StartsWith("<<<"):
                    at = ReadHereString(script, at, depth, words.Any(ShellPrograms.IsShell), found);
                    break;
                case '<' or '>':
                    at = SkipRedirection(script, at, depth, found);
                    break;
                default:
                    // function f { rm x; }
                    if (script[at] == '{' && (at + 1 == script.Length || char.IsWhiteSpace(script[at + 1])))
                        End(words, found);
                    Take(ReadWord(script, ref at, depth, found), words);
                    break;
            }
        }

        End(words, found);
    }

    private static int LineEnd(string script, int at)
    {
        var end = script.IndexOf('\n', at);
        return end < 0 ? script.Length : end;
    }

    private static int ReadHereString(string script, int at, int depth, bool feedsShell, List<IReadOnlyList<string>> found)
    {
        for (at += 3; at < script.Length && script[at] is ' ' or '\t'; at++)
        {
        }

        if (at < script.Length && script[at] is not ('\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>') && ReadWord(script, ref at, depth, found) is var text && feedsShell)
            Scan(text, depth + 1, found);
        return at;
    }

    private static int SkipRedirection(string script, int at, int depth, List<IReadOnlyList<string>> found)
    {
        while (at < script.Length && script[at] is '<' or '>' or '&' or '|')
            at++;
        // <( and >( run what is inside.
        if (at < script.Length && script[at] == '(')
            return at;
        while (at < script.Length && script[at] is ' ' or '\t')
            at++;
        if (at < script.Length && script[at] is not ('\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>'))
            ReadWord(script, ref at, depth, found);
        return at;
    }

    private static void Take(string word, List<string> words)
    {
        if (words.Count > 0 || !(Openers.Contains(word) || IsAssignment(word)))
            words.Add(word);
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && word.AsSpan(0, equals).TrimEnd('+').IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static void End(List<string> words, List<IReadOnlyList<string>> found)
    {
        if (words.Count > 0)
            found.Add([.. words]);
        words.Clear();
    }

    private static string ReadWord(string script, ref int at, int depth, List<IReadOnlyList<string>> found)
    {
        var word = new StringBuilder();
        var quoted = false;
        for (; at < script.Length; at++)
        {
            var character = script[at];
            if (character == '\\' && at + 1 < script.Length && (!quoted || script[at + 1] is '"' or '\\' or '$' or '`' or '\n'))
            {
                if (script[++at] != '\n')
                    word.Append(script[at]);
            }
            else if (character == '$' && !quoted && at + 1 < script.Length && script[at + 1] == '\'')
            {
                word.Append(AnsiQuote.Read(script, ref at));
            }
            else if (character == '$' && !quoted && at + 1 < script.Length && script[at + 1] == '"')
            {
                // Translated, where there is a translation.
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == '\'' && !quoted)
            {
                var end = script.IndexOf('\'', at + 1);
                end = end < 0 ? script.Length : end;
                word.Append(script, at + 1, end - at - 1);
                at = Math.Min(end, script.Length - 1);
            }
            else if (character == '`' || (character == '$' && at + 1 < script.Length && script[at + 1] == '('))
            {
                var inside = Substitution.Read(script, ref at);
                word.Append("$()");
                Scan(inside, depth + 1, found);
            }
            else if (!quoted && character is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>')
            {
                break;
            }
            else
            {
                word.Append(character);
            }
        }

        return word.ToString();
    }
}
