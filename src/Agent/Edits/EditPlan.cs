using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Events;

namespace Codex.Agent.Edits;

/// <summary>One file of a change that was worked out and not yet written.</summary>
/// <param name="Path">Absolute, links resolved; for a link that goes away, the link itself.</param>
/// <param name="Before">Null when there is no such file.</param>
/// <param name="After">Null when it goes away.</param>
public sealed record PlannedFile(string Path, string? Before, string? After);

/// <summary>A whole change, verified against the disk.</summary>
/// <param name="Changes">As the user sees it: names as given.</param>
/// <param name="Summary">The list of files for the model.</param>
/// <param name="Notes">What was put right on the way.</param>
public sealed record EditPlan(
    ImmutableArray<PlannedFile> Files,
    ImmutableArray<ChangedFile> Changes,
    string Summary,
    ImmutableArray<string> Notes)
{
    /// <summary>The change as a unified diff, names relative to <paramref name="directory"/>.</summary>
    public string Diff(string directory)
    {
        var text = new StringBuilder();
        foreach (var file in Files)
            text.Append(UnifiedDiff.Write(Path.GetRelativePath(directory, file.Path), file.Before, file.After));
        return text.ToString();
    }

    /// <summary>Writes first and removes afterwards, so that a failure in between loses nothing.</summary>
    /// <returns>Null, or what could not be done.</returns>
    public string? Write()
    {
        foreach (var file in Files)
        {
            if (file.After is { } after && TextFile.WriteAt(file.Path, after) is { } reason)
                return $"Failed to write file {file.Path}: {reason}";
        }

        foreach (var file in Files.Where(f => f.After is null))
        {
            if (TextFile.DeleteAt(file.Path) is { } reason)
                return $"Failed to delete file {file.Path}: {reason}";
        }

        return null;
    }
}
