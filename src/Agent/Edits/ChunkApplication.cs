using System.Collections.Immutable;

namespace Codex.Agent.Edits;

/// <summary>What became of the chunks of one update.</summary>
public abstract record ChunkOutcome
{
    private ChunkOutcome()
    {
    }

    public sealed record Applied(SourceText Text) : ChunkOutcome;

    public sealed record ContextMissing(string Context) : ChunkOutcome;

    public sealed record LinesMissing(ImmutableArray<string> Lines) : ChunkOutcome;
}

/// <summary>Lines of a file and what comes in their place.</summary>
internal readonly record struct Replacement(int Start, int Count, ImmutableArray<string> Lines);

/// <summary>Applies chunks as the original does: found in the order of the patch on the original lines, written afterwards.</summary>
public static class ChunkApplication
{
    public static ChunkOutcome Apply(SourceText source, ImmutableArray<PatchChunk> chunks)
    {
        var lines = source.Texts;
        var replacements = new List<Replacement>();
        var from = 0;
        foreach (var chunk in chunks)
        {
            foreach (var context in chunk.Contexts)
            {
                var found = LineSeek.Find(lines, [context], from, isEndOfFile: false);
                if (found < 0)
                    return new ChunkOutcome.ContextMissing(context);
                from = found + 1;
            }

            var old = chunk.OldLines;
            if (old.IsEmpty)
            {
                replacements.AddRange(Replace(chunk.Lines, lines.Length));
                continue;
            }

            var sought = chunk.Lines;
            var start = LineSeek.Find(lines, old, from, chunk.IsEndOfFile);
            if (start < 0 && old[^1].Length == 0)
            {
                sought = WithoutLastBlank(sought);
                old = old[..^1];
                start = LineSeek.Find(lines, old, from, chunk.IsEndOfFile);
            }

            if (start < 0)
                return new ChunkOutcome.LinesMissing(chunk.OldLines);
            replacements.AddRange(Replace(sought, start));
            from = start + old.Length;
        }

        return new ChunkOutcome.Applied(Write(source, replacements));
    }

    /// <summary>One replacement for each run of changed lines; context between them is not touched.</summary>
    internal static IEnumerable<Replacement> Replace(ImmutableArray<ChunkLine> lines, int start)
    {
        var added = new List<string>();
        var removed = 0;
        foreach (var line in lines)
        {
            if (line.Kind == LineKind.Added)
            {
                added.Add(line.Text);
            }
            else if (line.Kind == LineKind.Removed)
            {
                removed++;
            }
            else
            {
                if (added.Count + removed > 0)
                    yield return new Replacement(start, removed, [.. added]);
                start += removed + 1;
                removed = 0;
                added.Clear();
            }
        }

        if (added.Count + removed > 0)
            yield return new Replacement(start, removed, [.. added]);
    }

    /// <param name="endLastLine">Whether a last line without an ending gets one, as the original always does.</param>
    internal static SourceText Write(SourceText source, IEnumerable<Replacement> replacements, bool endLastLine = true)
    {
        var written = ImmutableArray.CreateBuilder<SourceLine>(source.Lines.Length);
        var at = 0;
        foreach (var replacement in replacements.OrderBy(r => r.Start))
        {
            written.AddRange(source.Lines.AsSpan(at, replacement.Start - at));
            foreach (var line in replacement.Lines)
                written.Add(new SourceLine(line, source.NewLine));
            at = replacement.Start + replacement.Count;
        }

        written.AddRange(source.Lines.AsSpan()[at..]);
        for (var i = 0; i < written.Count; i++)
        {
            if (written[i].Ending.Length == 0 && (endLastLine || i < written.Count - 1))
                written[i] = written[i] with { Ending = source.NewLine };
        }

        if (!endLastLine && source.Lines is [.., { Ending: "" }] && written.Count > 0)
            written[^1] = written[^1] with { Ending = "" };
        return new SourceText(written.ToImmutable());
    }

    /// <summary>The last old line, an empty one, often stands for the end of the file and not for a line; an empty last new line goes with it.</summary>
    internal static ImmutableArray<ChunkLine> WithoutLastBlank(ImmutableArray<ChunkLine> lines)
    {
        var last = LastIndex(lines, LineKind.Added);
        var wasContext = lines[last].Kind == LineKind.Context;
        if (wasContext && last == lines.Length - 1)
            return lines.RemoveAt(last);
        lines = wasContext ? lines.SetItem(last, new ChunkLine(LineKind.Added, "")) : lines.RemoveAt(last);
        var lastNew = LastIndex(lines, LineKind.Removed);
        if (lastNew < 0 || lines[lastNew].Text.Length > 0)
            return lines;
        return lines[lastNew].Kind == LineKind.Added
            ? lines.RemoveAt(lastNew)
            : lines.SetItem(lastNew, new ChunkLine(LineKind.Removed, ""));
    }

    private static int LastIndex(ImmutableArray<ChunkLine> lines, LineKind other)
    {
        var last = lines.Length - 1;
        while (last >= 0 && lines[last].Kind == other)
            last--;
        return last;
    }
}
