using System.Collections.Immutable;
using System.Diagnostics;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Applies the chunks of an update to the text of a file, all or none.</summary>
internal sealed class TolerantChunks
{
    private readonly SourceText _source;
    private readonly ImmutableArray<string> _lines;
    private readonly List<Replacement> _replacements = [];
    private readonly ImmutableArray<string>.Builder _notes = ImmutableArray.CreateBuilder<string>();
    private int _from;

    private TolerantChunks(SourceText source)
    {
        _source = source;
        _lines = source.Texts;
    }

    public static TolerantOutcome Apply(SourceText source, ImmutableArray<PatchChunk> chunks)
    {
        var run = new TolerantChunks(source);
        foreach (var chunk in chunks)
        {
            if (run.Take(chunk) is { } reason)
                return new TolerantOutcome.Failed(reason);
        }

        return new TolerantOutcome.Applied(ChunkApplication.Write(source, run._replacements), run._notes.ToImmutable());
    }

    private Func<string, string>? Take(PatchChunk chunk)
    {
        if (chunk is { Contexts: [var only], LineHint: null } && HunkNumbers.OldStart(only) is { } start && LineSeek.Find(_lines, [only], _from, isEndOfFile: false) < 0)
        {
            Note("line numbers after @@ were taken as a hint");
            chunk = chunk with { Contexts = [], LineHint = start > 0 ? start : null };
        }

        string? lost = null;
        foreach (var context in chunk.Contexts)
        {
            if (ContextSeek.Find(_lines, context, _from) is not { } found)
            {
                lost = context;
                continue;
            }

            _from = found.Index + 1;
            if (found.Note is { } note)
                Note(note);
        }

        if (chunk.OldLines.IsEmpty)
            return lost is null ? Add(chunk) : path => $"Failed to find context '{lost}' in {path}{NearestLines.Describe(_lines, [lost])}";
        return new BlockSearch(_lines, _replacements).Find(lost is null ? chunk : chunk with { Contexts = [] }, lost is null ? _from : 0) switch
        {
            // Without its context line only a place that is the only one may be meant.
            BlockFind.Found found when lost is not null && !IsOnly(found) => path => $"Failed to find context '{lost}' in {path}{NearestLines.Describe(_lines, [lost])}",
            BlockFind.Found found => Replace(found, lost),
            BlockFind.Ambiguous ambiguous => path => $"Failed to find expected lines in {path}: they could be meant at each of the lines {Numbers(ambiguous.Places)}. Send more lines around the place, copied exactly.",
            BlockFind.WrongIndentation wrong => path => $"Failed to find expected lines in {path}: the lines from {wrong.Start + 1} on are indented in another way than in the patch, so the indentation of the new lines is not known. Copy the lines exactly.{NearestLines.Describe(_lines, chunk.OldLines)}",
            BlockFind.Missing => path => $"Failed to find expected lines in {path}:\n{string.Join('\n', chunk.OldLines)}{NearestLines.Describe(_lines, chunk.OldLines)}",
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private Func<string, string>? Add(PatchChunk chunk)
    {
        var at = _lines.Length;
        if (chunk.Contexts.Length > 0 && !chunk.IsEndOfFile)
        {
            at = _from;
            if (at < _lines.Length)
                Note($"new lines were put behind the context line '{chunk.Contexts[^1].Trim()}'");
        }
        else if (chunk.LineHint is { } hint)
        {
            at = Math.Min(hint, _lines.Length);
        }

        _replacements.AddRange(ChunkApplication.Replace(chunk.Lines, at));
        return null;
    }

    private Func<string, string>? Replace(BlockFind.Found found, string? lost)
    {
        if (lost is not null)
            Note($"the context line '{lost.Trim()}' is not in the file; the old lines are, once");
        if (found.Note is { } note)
            Note(note);
        _replacements.AddRange(ChunkApplication.Replace(found.Lines, found.Start));
        _from = Math.Max(_from, found.Start + found.Lines.Count(l => l.Kind != LineKind.Added));
        return null;
    }

    private bool IsOnly(BlockFind.Found found)
    {
        var old = found.Lines.Where(l => l.Kind != LineKind.Added).Select(l => l.Text).ToImmutableArray();
        return LineSeek.FindAll(_lines, old, 0, LineMatch.Punctuation).Take(2).Count() == 1;
    }

    private void Note(string note)
    {
        if (!_notes.Contains(note))
            _notes.Add(note);
    }

    internal static string Numbers(IEnumerable<int> places) => string.Join(", ", places.Take(8).Select(p => p + 1));
}
