using System.Text;

namespace Codex.Toml.Editing;

/// <summary>Splices that put in or take out whole lines and keep what a file without a final newline is.</summary>
internal static class LineSplices
{
    /// <summary>Puts lines in front of this one; behind the last line at the end.</summary>
    public static Splice Insert(LineMap map, int line, IEnumerable<string> lines, string reason)
    {
        var text = string.Join(map.LineEnd, lines);
        text = line == map.Count && map.LacksFinalNewline ? map.LineEnd + text : text + map.LineEnd;
        return new(map.Offset(line), 0, Encoding.UTF8.GetBytes(text), reason);
    }

    /// <summary>
    /// Takes out lines. A single blank line that only parted them from their neighbours goes with them, so that what was added
    /// with a blank line leaves none behind.
    /// </summary>
    public static Splice Remove(LineMap map, int first, int end, string reason)
    {
        var isAtEnd = end == map.Count;
        if (first == 0 && map.IsBlank(end))
            end++;
        else if (map.IsBlank(first - 1) && first > 1 && !map.IsBlank(first - 2) && (isAtEnd || map.IsBlank(end)))
            first--;

        var start = isAtEnd && map.LacksFinalNewline && first > 0 ? map.ContentEnd(first - 1) : map.Offset(first);
        return new(start, map.Offset(end) - start, default, reason);
    }
}
