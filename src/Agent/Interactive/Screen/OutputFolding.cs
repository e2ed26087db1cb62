using System.Globalization;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Long output as its first and last lines.</summary>
public static class OutputFolding
{
    public const int FirstLines = 2;
    public const int LastLines = 3;

    /// <summary>Lines to show; where some are left out, one says how many.</summary>
    public static IReadOnlyList<string> Fold(string output)
    {
        var lines = output.TrimEnd('\n').Split('\n');
        if (lines is [""])
            return [];
        var hidden = lines.Length - FirstLines - LastLines;
        // One hidden line would take as much room as the line that tells of it.
        return hidden < 2
            ? lines
            : [.. lines.Take(FirstLines), string.Create(CultureInfo.InvariantCulture, $"… {hidden} lines"), .. lines.TakeLast(LastLines)];
    }
}
