using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Toml.Editing;

namespace Codex.Toml.Diff;

public enum DiffLineKind
{
    Context,
    Removed,
    Added,
}

/// <summary>A line of a diff.</summary>
/// <param name="Kind">Whether it stays, goes or comes.</param>
/// <param name="Text">The line without its line feed; a carriage return stays.</param>
/// <param name="IsEnded">False for a last line without a line feed.</param>
public sealed record DiffLine(DiffLineKind Kind, string Text, bool IsEnded);

/// <summary>Changed lines with their neighbours. Line numbers count from 1; for a side without lines it is the line before.</summary>
public sealed record DiffHunk(int OldStart, int OldCount, int NewStart, int NewCount, ImmutableArray<DiffLine> Lines);

/// <summary>A change line by line, as <c>diff -u</c> tells it; computed from splices, so that nothing is guessed.</summary>
public sealed class UnifiedDiff
{
    private UnifiedDiff(ImmutableArray<DiffHunk> hunks) => Hunks = hunks;

    public ImmutableArray<DiffHunk> Hunks { get; }

    /// <summary>The lines that ordered, not overlapping splices change, with as many lines around them.</summary>
    public static UnifiedDiff Of(ReadOnlyMemory<byte> original, ImmutableArray<Splice> splices, int context) =>
        new(DiffHunks.Of(original, splices, context));

    /// <summary>The diff as a file that <c>patch</c> takes; empty when nothing changes.</summary>
    public string ToText(string oldName, string newName)
    {
        if (Hunks.IsEmpty)
            return "";
        var text = new StringBuilder($"--- {oldName}\n+++ {newName}\n");
        foreach (var hunk in Hunks)
        {
            text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(hunk.OldStart, hunk.OldCount)} +{Range(hunk.NewStart, hunk.NewCount)} @@\n");
            foreach (var line in hunk.Lines)
            {
                text.Append(line.Kind switch { DiffLineKind.Context => ' ', DiffLineKind.Removed => '-', _ => '+' });
                text.Append(line.Text).Append(line.IsEnded ? "\n" : "\n\\ No newline at end of file\n");
            }
        }

        return text.ToString();
    }

    private static string Range(int start, int count) =>
        count == 1 ? start.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{start},{count}");
}
