using Codex.ConfigTool.Changes;
using Spectre.Console;

namespace Codex.ConfigTool.Output;

/// <summary>A diff for eyes: secrets masked, control characters as pictures.</summary>
internal static class DiffText
{
    public static IEnumerable<string> Lines(PlannedChange change, string before = "", string after = "proposed") =>
        change.Diff().ToText(Named(change, before), Named(change, after)).TrimEnd('\n').Split('\n').Select(Printable.Line);

    public static Color ColorOf(string line) => line.Length == 0 ? Color.Default : line[0] switch
    {
        '+' => Color.Green,
        '-' => Color.Red,
        '@' => Color.Aqua,
        _ => Color.Default,
    };

    private static string Named(PlannedChange change, string state) => state.Length == 0 ? change.File.Name : $"{change.File.Name} ({state})";
}
