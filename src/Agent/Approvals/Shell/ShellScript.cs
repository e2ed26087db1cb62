using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Approvals.Shell;

/// <summary>
/// Takes a script apart where it is nothing but plain commands joined by <c>&amp;&amp; || ; |</c> or line ends. Anything that could
/// mean more than its words say (redirection, substitution, variables, grouping, background, keywords) makes the whole
/// script opaque: a rule must never allow what it did not see.
/// </summary>
public static class ShellScript
{
    private static readonly ImmutableHashSet<string> Keywords =
    [
        "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "select", "function", "time", "coproc",
        "!", "[[", "]]", "{", "}",
    ];

    /// <returns>The commands in order; empty when the script is opaque, or holds none.</returns>
    public static ImmutableArray<PlainCommand> Split(string script)
    {
        var commands = ImmutableArray.CreateBuilder<PlainCommand>();
        var at = 0;
        var joined = false;
        while (true)
        {
            if (ReadCommand(script, ref at) is not { } command)
                return [];
            if (command.Words.IsEmpty)
            {
                // Nothing may follow a joint but a command; a list may end with ';' or a line end.
                return joined || at < script.Length ? [] : commands.ToImmutable();
            }

            if (Keywords.Contains(command.Words[0]) || command.Words[0].Contains('=', StringComparison.Ordinal))
                return [];
            commands.Add(command);
            if (ReadJoint(script, ref at) is not { } needsMore)
                return [];
            joined = needsMore;
        }
    }

    /// <returns>Whether a command must follow; null when this is no joint known here.</returns>
    private static bool? ReadJoint(string script, ref int at)
    {
        if (at == script.Length)
            return false;
        var rest = script.AsSpan(at);
        var (length, needsMore) = rest switch
        {
            _ when rest.StartsWith("&&") || rest.StartsWith("||") => (2, true),
            _ when rest.StartsWith("|&") || rest.StartsWith(";;") || rest[0] == '&' => (0, false),
            _ when rest[0] == '|' => (1, true),
            _ when rest[0] is ';' or '\n' => (1, false),
            _ => (0, false),
        };
        if (length == 0)
            return null;
        at += length;
        SkipBlank(script, ref at, andLines: true);
        return needsMore;
    }

    private static void SkipBlank(string script, ref int at, bool andLines)
    {
        while (at < script.Length && (script[at] is ' ' or '\t' || (andLines && script[at] is '\n') || script.AsSpan(at).StartsWith("\\\n")))
            at += script[at] == '\\' ? 2 : 1;
    }

    private static PlainCommand? ReadCommand(string script, ref int at)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var hasPattern = false;
        SkipBlank(script, ref at, andLines: words.Count == 0);
        while (at < script.Length && script[at] is not (';' or '&' or '|' or '\n'))
        {
            if (ReadWord(script, ref at) is not { } word)
                return null;
            // A pattern in place of the program: what runs depends on what files there are.
            if (word.IsPattern && words.Count == 0)
                return null;
            words.Add(word.Text);
            hasPattern |= word.IsPattern;
            SkipBlank(script, ref at, andLines: false);
        }

        return new PlainCommand(words.ToImmutable(), hasPattern);
    }

    private static (string Text, bool IsPattern)? ReadWord(string script, ref int at)
    {
        var text = new StringBuilder();
        var isPattern = false;
        var start = at;
        for (; at < script.Length; at++)
        {
            switch (script[at])
            {
                case ' ' or '\t' or '\n' or ';' or '&' or '|':
                    return (text.ToString(), isPattern);
                case '\'':
                    var end = script.IndexOf('\'', at + 1);
                    if (end < 0)
                        return null;
                    text.Append(script, at + 1, end - at - 1);
                    at = end;
                    break;
                case '"':
                    if (!ReadQuoted(script, ref at, text))
                        return null;
                    break;
                case '\\' when at + 1 < script.Length:
                    at++;
                    // A line that goes on.
                    if (script[at] != '\n')
                        text.Append(script[at]);
                    break;
                case '\\' or '$' or '`' or '<' or '>' or '(' or ')' or '{' or '}' or '\r':
                    return null;
                case '#' or '~' when at == start:
                    return null;
                case var character:
                    isPattern |= character is '*' or '?' or '[';
                    text.Append(character);
                    break;
            }
        }

        return (text.ToString(), isPattern);
    }

    private static bool ReadQuoted(string script, ref int at, StringBuilder text)
    {
        for (at++; at < script.Length; at++)
        {
            switch (script[at])
            {
                case '"':
                    return true;
                case '$' or '`':
                    return false;
                case '\\' when at + 1 < script.Length && script[at + 1] is '"' or '\\' or '$' or '`' or '\n':
                    at++;
                    if (script[at] != '\n')
                        text.Append(script[at]);
                    break;
                default:
                    text.Append(script[at]);
                    break;
            }
        }

        return false;
    }
}
