using System.Text;
using System.Text.RegularExpressions;

namespace Codex.Agent.Tools.Files;

/// <summary>A pattern of file names: <c>*</c> and <c>?</c> within one name, <c>**</c> across directories, <c>[a-z]</c>, <c>{a,b}</c>.</summary>
internal sealed class PathGlob
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    /// <param name="anywhere">Matches at any depth, not only at the root.</param>
    public PathGlob(string pattern, bool anywhere)
    {
        var body = Translate(pattern);
        _regex = new Regex($"^{(anywhere ? "(?:.*/)?" : "")}{body}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, Patience);
    }

    /// <param name="path">Relative, with slashes.</param>
    public bool Matches(string path)
    {
        try
        {
            return _regex.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        var groups = 0;
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            switch (character)
            {
                case '*' when pattern.AsSpan(at).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    at += 2;
                    break;
                case '*' when pattern.AsSpan(at).StartsWith("**"):
                    regex.Append(".*");
                    at++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', at + 2) is var end and > 0:
                    var inside = pattern[(at + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                    regex.Append('[').Append(inside.StartsWith('!') ? "^" + inside[1..] : inside).Append(']');
                    at = end;
                    break;
                case '{' when pattern.IndexOf('}', at) > 0:
                    regex.Append("(?:");
                    groups++;
                    break;
                case '}' when groups > 0:
                    regex.Append(')');
                    groups--;
                    break;
                case ',' when groups > 0:
                    regex.Append('|');
                    break;
                case '\\' when at + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++at].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(character.ToString()));
                    break;
            }
        }

        return regex.Append(')', groups).ToString();
    }
}
