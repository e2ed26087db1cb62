using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Where the old lines of a chunk are in a file.</summary>
internal abstract record BlockFind
{
    private BlockFind()
    {
    }

    /// <param name="Lines">The chunk as it is meant: what was wrong with its lines put right.</param>
    /// <param name="Note">What was put right, in a few words; null for nothing.</param>
    public sealed record Found(int Start, ImmutableArray<ChunkLine> Lines, string? Note) : BlockFind;

    /// <param name="Places">Indices of the lines that could be meant.</param>
    public sealed record Ambiguous(ImmutableArray<int> Places) : BlockFind;

    /// <param name="Start">The lines are here, but the new lines cannot be given an indentation safely.</param>
    public sealed record WrongIndentation(int Start) : BlockFind;

    public sealed record Missing : BlockFind;
}
