using System.Collections.Immutable;
using System.Text;
using Codex.Toml.Editing;
using Codex.Toml.Text;

namespace Codex.Toml.Diff;

/// <summary>Turns splices into hunks of whole lines.</summary>
internal static class DiffHunks
{
    public static ImmutableArray<DiffHunk> Of(ReadOnlyMemory<byte> original, ImmutableArray<Splice> splices, int context)
    {
        var lines = new LineIndex(original);
        var regions = Regions(original.Span, lines, splices).Select(r => Trimmed(r, Lines(original.Span[r.Start..r.End]), Lines(r.New)))
            .Where(c => c.Old.Count + c.New.Count > 0)
            .ToList();
        var all = Lines(original.Span);
        var hunks = ImmutableArray.CreateBuilder<DiffHunk>();
        var shift = 0;
        for (var i = 0; i < regions.Count;)
        {
            var count = 1;
            while (i + count < regions.Count && regions[i + count].Line - regions[i + count - 1].OldEnd <= 2 * context)
                count++;
            hunks.Add(Hunk(all, regions.GetRange(i, count), context, ref shift));
            i += count;
        }

        return hunks.DrainToImmutable();

        Change Trimmed(Region region, List<string> old, List<string> now)
        {
            var line = lines.LineAt(region.Start);
            var same = 0;
            while (same < old.Count && same < now.Count && old[same] == now[same])
                same++;
            var tail = 0;
            while (tail < old.Count - same && tail < now.Count - same && old[^(tail + 1)] == now[^(tail + 1)])
                tail++;
            return new(line + same, old[same..^tail], now[same..^tail]);
        }
    }

    /// <summary>Stretches of whole lines that the splices touch, with what becomes of them.</summary>
    private static List<Region> Regions(ReadOnlySpan<byte> original, LineIndex lines, ImmutableArray<Splice> splices)
    {
        var regions = new List<Region>();
        foreach (var splice in splices)
        {
            var start = lines.Start(lines.LineAt(splice.Start));
            if (regions.Count == 0 || start >= regions[^1].End)
                regions.Add(new(start, start, []));

            // The region before may reach into this splice's last line already; then that line's rest is taken back.
            var region = regions[^1];
            var kept = region.New;
            if (region.End > splice.Start)
                kept = kept[..^(region.End - splice.Start)];
            else
                kept = [.. kept, .. original[region.End..splice.Start]];

            byte[] now = [.. kept, .. splice.New.Span];
            var isWhole = (splice.End == 0 || original[splice.End - 1] == (byte)'\n') && (now.Length == 0 || now[^1] == (byte)'\n');
            var feed = isWhole ? -1 : original[splice.End..].IndexOf((byte)'\n');
            var end = isWhole ? splice.End : feed < 0 ? original.Length : splice.End + feed + 1;
            regions[^1] = new(region.Start, end, [.. now, .. original[splice.End..end]]);
        }

        return regions;
    }

    private static DiffHunk Hunk(List<string> all, List<Change> changes, int context, ref int shift)
    {
        var first = Math.Max(0, changes[0].Line - context);
        var end = Math.Min(all.Count, changes[^1].OldEnd + context);
        var shown = ImmutableArray.CreateBuilder<DiffLine>();
        var at = first;
        foreach (var change in changes)
        {
            shown.AddRange(all[at..change.Line].Select(l => Line(DiffLineKind.Context, l)));
            shown.AddRange(change.Old.Select(l => Line(DiffLineKind.Removed, l)));
            shown.AddRange(change.New.Select(l => Line(DiffLineKind.Added, l)));
            at = change.OldEnd;
        }

        shown.AddRange(all[at..end].Select(l => Line(DiffLineKind.Context, l)));
        var oldCount = end - first;
        var growth = changes.Sum(c => c.New.Count - c.Old.Count);
        var newStart = first + shift;
        shift += growth;
        return new(Numbered(first, oldCount), oldCount, Numbered(newStart, oldCount + growth), oldCount + growth, shown.DrainToImmutable());
    }

    private static int Numbered(int line, int count) => count == 0 ? line : line + 1;

    private static DiffLine Line(DiffLineKind kind, string line) =>
        line.EndsWith('\n') ? new(kind, line[..^1], IsEnded: true) : new(kind, line, IsEnded: false);

    private static List<string> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<string>();
        while (!text.IsEmpty)
        {
            var feed = text.IndexOf((byte)'\n');
            var length = feed < 0 ? text.Length : feed + 1;
            lines.Add(Encoding.UTF8.GetString(text[..length]));
            text = text[length..];
        }

        return lines;
    }

    private sealed record Region(int Start, int End, byte[] New);

    private sealed record Change(int Line, List<string> Old, List<string> New)
    {
        public int OldEnd => Line + Old.Count;
    }
}
