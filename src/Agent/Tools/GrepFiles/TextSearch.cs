using System.Text.RegularExpressions;

namespace Codex.Agent.Tools.GrepFiles;

/// <summary>One pattern, looked for in files line by line.</summary>
internal sealed class TextSearch
{
    private const int MostBytes = 20 * 1024 * 1024;

    private static readonly TimeSpan LinePatience = TimeSpan.FromMilliseconds(500);

    private readonly Regex _regex;

    private TextSearch(Regex regex) => _regex = regex;

    public readonly record struct Line(int Number, string Text);

    /// <returns>The search, and what the model should know about its pattern; empty when there is nothing.</returns>
    public static (TextSearch Search, string Note) Create(string pattern)
    {
        try
        {
            try
            {
                // Linear in the length of a line, whatever the pattern.
                return (new TextSearch(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LinePatience)), "");
            }
            catch (NotSupportedException)
            {
                return (new TextSearch(new Regex(pattern, RegexOptions.CultureInvariant, LinePatience)), "");
            }
        }
        catch (ArgumentException)
        {
            return (new TextSearch(new Regex(Regex.Escape(pattern), RegexOptions.CultureInvariant, LinePatience)), "[the pattern is no regular expression; searched for it as plain text]\n");
        }
    }

    /// <returns>The first lines that match; none from a file that is binary, too large or not readable.</returns>
    public List<Line> Find(string file, int most)
    {
        var lines = new List<Line>();
        try
        {
            if (new FileInfo(file).Length > MostBytes)
                return lines;
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.Contains('\0', StringComparison.Ordinal))
                    return [];
                if (lines.Count < most && _regex.IsMatch(line))
                    lines.Add(new Line(number, line.Trim()));
                else if (lines.Count == most)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RegexMatchTimeoutException)
        {
            // What could not be read was not found; the other files still can be.
        }

        return lines;
    }
}
