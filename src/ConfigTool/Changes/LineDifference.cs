using System.Collections.Immutable;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Changes;

/// <summary>Finds the lines in which two texts differ, for texts whose splices are not known.</summary>
internal static class LineDifference
{
    /// <summary>Largest table of line pairs that is worked out; beyond it the differing middle counts as one change.</summary>
    private const long MostPairs = 4_000_000;

    public static ImmutableArray<Splice> Splices(TomlDocument before, TomlDocument after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var start = 0;
        while (start < Math.Min(old.Count, now.Count) && Same(old[start], now[start]))
            start++;
        var tail = 0;
        while (tail < Math.Min(old.Count, now.Count) - start && Same(old[^(tail + 1)], now[^(tail + 1)]))
            tail++;

        var splices = ImmutableArray.CreateBuilder<Splice>();
        foreach (var (oldFrom, oldTo, newFrom, newTo) in Blocks(old[start..^tail], now[start..^tail]))
        {
            var (first, last) = (before.Lines.Start(start + oldFrom), before.Lines.Start(start + oldTo));
            splices.Add(new(first, last - first, after.Bytes[after.Lines.Start(start + newFrom)..after.Lines.Start(start + newTo)], "change lines"));
        }

        return splices.ToImmutable();
    }

    /// <summary>Runs of lines that differ, by the longest common subsequence.</summary>
    private static IEnumerable<(int OldFrom, int OldTo, int NewFrom, int NewTo)> Blocks(List<ReadOnlyMemory<byte>> old, List<ReadOnlyMemory<byte>> now)
    {
        if (old.Count == 0 && now.Count == 0)
            yield break;
        if ((long)old.Count * now.Count > MostPairs)
        {
            yield return (0, old.Count, 0, now.Count);
            yield break;
        }

        var common = CommonLengths(old, now);
        int i = 0, j = 0;
        while (i < old.Count || j < now.Count)
        {
            var (fromOld, fromNew) = (i, j);
            while ((i < old.Count || j < now.Count) && !(i < old.Count && j < now.Count && Same(old[i], now[j])))
            {
                if (j == now.Count || (i < old.Count && common[i + 1, j] >= common[i, j + 1]))
                    i++;
                else
                    j++;
            }

            if (i > fromOld || j > fromNew)
                yield return (fromOld, i, fromNew, j);
            while (i < old.Count && j < now.Count && Same(old[i], now[j]))
                (i, j) = (i + 1, j + 1);
        }
    }

    private static int[,] CommonLengths(List<ReadOnlyMemory<byte>> old, List<ReadOnlyMemory<byte>> now)
    {
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                common[i, j] = Same(old[i], now[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }

    private static bool Same(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceEqual(b.Span);

    private static List<ReadOnlyMemory<byte>> Lines(TomlDocument document) =>
        [.. Enumerable.Range(0, document.Lines.Count).Select(l => document.Lines.Span(l)).Select((TextSpan s) => document.Bytes.Slice(s.Start, s.Length))];
}
