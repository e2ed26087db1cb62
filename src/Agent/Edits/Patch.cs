using System.Collections.Immutable;

namespace Codex.Agent.Edits;

/// <summary>What a patch asks for, in its own order.</summary>
public sealed record Patch(ImmutableArray<PatchOperation> Operations);

/// <param name="Path">As the patch writes it.</param>
public abstract record PatchOperation(string Path)
{
    /// <param name="Content">Whole; replaces a file that exists.</param>
    public sealed record Add(string Path, string Content) : PatchOperation(Path);

    public sealed record Delete(string Path) : PatchOperation(Path);

    /// <param name="MoveTo">The new name; null when it keeps its own.</param>
    public sealed record Update(string Path, string? MoveTo, ImmutableArray<PatchChunk> Chunks) : PatchOperation(Path);
}

/// <summary>One place of a file and what it becomes.</summary>
/// <param name="Contexts">Lines to seek before, each behind the last; the strict grammar allows at most one.</param>
/// <param name="IsEndOfFile">The old lines are the last of the file.</param>
public sealed record PatchChunk(ImmutableArray<string> Contexts, ImmutableArray<ChunkLine> Lines, bool IsEndOfFile)
{
    /// <summary>Where a unified diff says the old lines begin, counted from 1; null in patches of the strict grammar.</summary>
    public int? LineHint { get; init; }

    public ImmutableArray<string> OldLines => [.. Lines.Where(l => l.Kind != LineKind.Added).Select(l => l.Text)];
}

public readonly record struct ChunkLine(LineKind Kind, string Text);

public enum LineKind
{
    Context,
    Removed,
    Added,
}
