using Codex.ConfigTool.Changes;

namespace Codex.ConfigTool.Output;

/// <summary>A diff for eyes: secrets masked, control characters as pictures.</summary>
internal static class DiffText
{
    public static IEnumerable<string> Lines(PlannedChange change) =>
        change.Diff().ToText(change.File.Name, $"{change.File.Name} (proposed)").TrimEnd('\n').Split('\n').Select(Printable.Line);
}
