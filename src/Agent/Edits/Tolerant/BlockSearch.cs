using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>
/// Finds the old lines of a chunk: as the strict engine does, and where that fails or would have to guess, by steps
/// that each allow one kind of mistake and always want exactly one place.
/// </summary>
internal sealed class BlockSearch(ImmutableArray<string> file, IReadOnlyList<Replacement> taken)
{
    /// <summary>How alike lines between two right ones must be.</summary>
    private const double LeastSimilarity = 0.5;

    private readonly string[] _squeezed = [.. file.Select(WithoutBlanks)];

    private static readonly ImmutableArray<LineMatch> LooseStages = [LineMatch.TrailingBlanks, LineMatch.SurroundingBlanks, LineMatch.Punctuation];

    /// <param name="from">Where the strict engine would go on.</param>
    public BlockFind Find(PatchChunk chunk, int from)
    {
        if (chunk.IsEndOfFile)
            from = Math.Max(from, file.Length - chunk.OldLines.Length - 1);
        return InOrder(chunk, from)
            ?? Anywhere(chunk.Lines, chunk, "the place was found out of order")
            ?? ChunkForms.Of(chunk.Lines).Select(f => Anywhere(f.Lines, chunk, f.Note)).FirstOrDefault(f => f is not null)
            ?? Blanks(chunk)
            ?? Anchored(chunk)
            ?? (chunk.IsEndOfFile ? Anywhere(chunk.Lines, chunk with { IsEndOfFile = false }, "the end of file marker was not right") : null)
            ?? new BlockFind.Missing();
    }

    /// <summary>The only place of the old lines in the whole file, by the same steps; an exact one among several is not taken either.</summary>
    public BlockFind Only(PatchChunk chunk) =>
        Places(chunk.Lines, LineMatch.Exact, 0) is { Length: > 1 } several ? new BlockFind.Ambiguous(several) : Find(chunk, 0);

    private BlockFind? InOrder(PatchChunk chunk, int from)
    {
        ImmutableArray<ChunkLine>[] forms = chunk.OldLines[^1].Length == 0 && chunk.OldLines.Length > 1
            ? [chunk.Lines, ChunkApplication.WithoutLastBlank(chunk.Lines)]
            : [chunk.Lines];
        foreach (var lines in forms)
        {
            if (FirstExact(lines, chunk, from) is { } start)
                return new BlockFind.Found(start, lines, Note: null);
        }

        // A removed line that is right shows that only the context lines are not.
        var marked = ChunkForms.WithMarkers(chunk.Lines);
        if (chunk.Lines.Any(l => l.Kind == LineKind.Removed && !string.IsNullOrWhiteSpace(l.Text)) && marked.Lines != chunk.Lines && Places(marked.Lines, LineMatch.Exact, from) is [var only])
            return new BlockFind.Found(only, marked.Lines, marked.Note);
        return forms.SelectMany(lines => LooseStages.Select(stage => Take(Places(lines, stage, from), lines, chunk, from, Note(stage)))).FirstOrDefault(f => f is not null);
    }

    /// <summary>The first place, as in the strict engine; a unified diff's line number, where there is one, decides among several.</summary>
    private int? FirstExact(ImmutableArray<ChunkLine> lines, PatchChunk chunk, int from)
    {
        var places = Places(lines, LineMatch.Exact, from);
        if (places.IsEmpty)
            return null;
        if (chunk.IsEndOfFile)
            return places[^1] + Old(lines).Length == file.Length ? places[^1] : null;
        if (chunk.LineHint is { } hint && places.Length > 1)
            return places.Contains(hint - 1) ? hint - 1 : null;
        return places[0];
    }

    private BlockFind? Anywhere(ImmutableArray<ChunkLine> lines, PatchChunk chunk, string note)
    {
        if (Old(lines).All(string.IsNullOrWhiteSpace))
            return null;
        return LineSeek.Stages.Select(stage => Take(Places(lines, stage, 0), lines, chunk, 0, note)).FirstOrDefault(f => f is not null);
    }

    private BlockFind? Blanks(PatchChunk chunk)
    {
        var old = chunk.OldLines;
        if (old.All(string.IsNullOrWhiteSpace))
            return null;
        return Take(Alike(chunk.Lines, 0), chunk.Lines, chunk, 0, "blanks inside lines were not compared");
    }

    /// <summary>Places where the lines are the same when no blanks are compared at all.</summary>
    private ImmutableArray<int> Alike(ImmutableArray<ChunkLine> lines, int from)
    {
        var wanted = Old(lines).Select(WithoutBlanks).ToArray();
        return [.. Starts(wanted.Length).Where(i => i >= from && _squeezed.AsSpan(i, wanted.Length).SequenceEqual(wanted))];
    }

    /// <summary>First and last line are right, and what lies between is alike.</summary>
    private BlockFind? Anchored(PatchChunk chunk)
    {
        var old = chunk.Lines.Where(l => l.Kind != LineKind.Added).ToArray();
        if (old.Length < 3 || string.IsNullOrWhiteSpace(old[0].Text) || string.IsNullOrWhiteSpace(old[^1].Text))
            return null;
        bool IsAlike(int start)
        {
            if (file[start].Trim() != old[0].Text.Trim() || file[start + old.Length - 1].Trim() != old[^1].Text.Trim())
                return false;
            var scores = old[1..^1].Select((l, i) => (l.Kind, Score: LineSimilarity.Of(l.Text, file[start + 1 + i]))).ToArray();
            return scores.Average(s => s.Score) >= LeastSimilarity && scores.All(s => s.Kind == LineKind.Context || s.Score >= LeastSimilarity);
        }

        return Take([.. Starts(old.Length).Where(IsAlike)], chunk.Lines, chunk, 0, "the first and the last old line were right, those between only similar");
    }

    private BlockFind? Take(ImmutableArray<int> places, ImmutableArray<ChunkLine> lines, PatchChunk chunk, int from, string? note)
    {
        if (chunk.IsEndOfFile)
            places = places.RemoveAll(p => p + Old(lines).Length != file.Length);
        if (places.IsEmpty)
            return null;
        if (places.Length > 1)
        {
            if (chunk.LineHint is not { } hint || !places.Contains(hint - 1))
                return new BlockFind.Ambiguous(places);
            places = [hint - 1];
        }

        // What is right only but for blanks must be the only such place, or another one may be meant.
        if (chunk.LineHint is null && Alike(lines, chunk.Contexts.IsEmpty ? 0 : from) is { Length: > 1 } several)
            return new BlockFind.Ambiguous(several);
        var start = places[0];
        if (IndentationShift.Apply(lines, file.Slice(start, Old(lines).Length), out var isShifted) is not { } meant)
            return new BlockFind.WrongIndentation(start);
        return new BlockFind.Found(start, meant, isShifted ? Join(note, "new lines were indented like the file") : note);
    }

    private ImmutableArray<int> Places(ImmutableArray<ChunkLine> lines, LineMatch stage, int from)
    {
        var old = Old(lines);
        return old.IsEmpty ? [] : [.. LineSeek.FindAll(file, old, from, stage).Where(i => IsFree(i, old.Length))];
    }

    private IEnumerable<int> Starts(int length) => Enumerable.Range(0, Math.Max(0, file.Length - length + 1)).Where(i => IsFree(i, length));

    private bool IsFree(int start, int length) => taken.All(t => start >= t.Start + t.Count || start + length <= t.Start);

    private static ImmutableArray<string> Old(ImmutableArray<ChunkLine> lines) => [.. lines.Where(l => l.Kind != LineKind.Added).Select(l => l.Text)];

    private static string WithoutBlanks(string line) => string.Concat(line.Where(c => !char.IsWhiteSpace(c)));

    private static string? Note(LineMatch stage) => stage switch
    {
        LineMatch.SurroundingBlanks => "the indentation of the old lines was not the file's",
        LineMatch.Punctuation => "typographic characters were taken for plain ones",
        _ => null,
    };

    private static string Join(string? one, string other) => one is null ? other : $"{one}; {other}";
}
