using System.Collections.Immutable;

namespace Codex.Agent.Edits;

/// <summary>The difference of two texts, line by line.</summary>
public static class LineDiff
{
    /// <summary>With more differing lines than this the shortest difference would cost too much; the whole middle is shown as changed.</summary>
    private const int MostEdits = 1000;

    /// <returns>The old lines as context or removed, the new ones added: together a chunk that turns one into the other.</returns>
    public static ImmutableArray<ChunkLine> Compare(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var same = 0;
        while (same < Math.Min(old.Length, now.Length) && old[same] == now[same])
            same++;
        var tail = 0;
        while (tail < Math.Min(old.Length, now.Length) - same && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        var lines = ImmutableArray.CreateBuilder<ChunkLine>();
        Add(lines, LineKind.Context, old[..same]);
        Middle(lines, old[same..^tail], now[same..^tail]);
        Add(lines, LineKind.Context, old[^tail..]);
        return lines.ToImmutable();
    }

    private static void Middle(ImmutableArray<ChunkLine>.Builder lines, ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        if (old.IsEmpty || now.IsEmpty || Trace(old, now) is not { } trace)
        {
            Add(lines, LineKind.Removed, old);
            Add(lines, LineKind.Added, now);
            return;
        }

        var reversed = new List<ChunkLine>();
        var (x, y) = (old.Length, now.Length);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var row = trace[d];
            var k = x - y;
            var isDown = k == -d || (k != d && row[d + k - 1 + 1] < row[d + k + 1 + 1]);
            var before = isDown ? k + 1 : k - 1;
            var startX = row[d + before + 1];
            var startY = startX - before;
            while (x > startX && y > startY)
            {
                reversed.Add(new ChunkLine(LineKind.Context, old[--x]));
                y--;
            }

            if (d == 0)
                break;
            if (isDown)
                reversed.Add(new ChunkLine(LineKind.Added, now[--y]));
            else
                reversed.Add(new ChunkLine(LineKind.Removed, old[--x]));
        }

        reversed.Reverse();
        lines.AddRange(RemovedFirst(reversed));
    }

    /// <summary>Myers' greedy search, An O(ND) Difference Algorithm (1986): the furthest points reached before each number of edits.</summary>
    private static List<int[]>? Trace(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        var most = Math.Min(MostEdits, old.Length + now.Length);
        var reached = new int[(2 * most) + 3];
        var trace = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            trace.Add(reached[(most - d)..(most + d + 3)]);
            for (var k = -d; k <= d; k += 2)
            {
                var at = most + 1 + k;
                var x = k == -d || (k != d && reached[at - 1] < reached[at + 1]) ? reached[at + 1] : reached[at - 1] + 1;
                var y = x - k;
                while (x < old.Length && y < now.Length && old[x] == now[y])
                    (x, y) = (x + 1, y + 1);
                reached[at] = x;
                if (x >= old.Length && y >= now.Length)
                    return trace;
            }
        }

        return null;
    }

    /// <summary>Within a run of changes the removed lines come first, as everybody writes diffs.</summary>
    private static IEnumerable<ChunkLine> RemovedFirst(List<ChunkLine> lines)
    {
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Kind == LineKind.Context)
            {
                yield return lines[i++];
                continue;
            }

            var run = lines.Skip(i).TakeWhile(l => l.Kind != LineKind.Context).ToArray();
            foreach (var line in run.OrderBy(l => l.Kind))
                yield return line;
            i += run.Length;
        }
    }

    private static void Add(ImmutableArray<ChunkLine>.Builder lines, LineKind kind, ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            lines.Add(new ChunkLine(kind, text));
    }
}
