using System.Globalization;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Long output as its first and last lines.</summary>
public static class OutputFolding
{
    public const int FirstLines = 2;
    public const int LastLines = 3;

    /// <summary>Somebody who runs a command himself wants to read what it says.</summary>
    public const int FirstLinesOfUser = 20;
    public const int LastLinesOfUser = 30;

    /// <summary>Cells of a line; one that is longer would take as much room as many.</summary>
    private const int LongestLine = 160;

    /// <summary>Lines to show; where some are left out, one says how many.</summary>
    public static IReadOnlyList<string> Fold(string output, int first = FirstLines, int last = LastLines)
    {
        var lines = output.TrimEnd('\n').Split('\n').Select(l => CellWidth.Clip(l, LongestLine)).ToArray();
        if (lines is [""])
            return [];
        var hidden = lines.Length - first - last;
        // One hidden line would take as much room as the line that tells of it.
        return hidden < 2
            ? lines
            : [.. lines.Take(first), string.Create(CultureInfo.InvariantCulture, $"… {hidden} lines"), .. lines.TakeLast(last)];
    }
}
