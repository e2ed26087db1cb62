using System.Collections.Immutable;
using Codex.Agent.Edits;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Agent.Tests.Edits;

/// <summary>A file, what it becomes, and a correct patch between them, made of hunks.</summary>
internal sealed record RandomPatch(ImmutableArray<string> Old, ImmutableArray<string> New, ImmutableArray<ImmutableArray<ChunkLine>> Hunks)
{
    private static readonly string[] Words =
        ["", "", "a", "b", "c", "  a", "    a", "  b", "\ta", "a  ", "if (x) {", "  if (x) {", "}", "  }", "f(a, b)", "*** End Patch", "@@", "+", "- a", "*** Update File: f", "“q”", "é"];

    public static Gen<RandomPatch> Gen { get; } =
        from lines in FsCheck.Fluent.Gen.Elements(Words).ArrayOf()
        from edits in FsCheck.Fluent.Gen.Choose(0, 9).ArrayOf(lines.Length + 1)
        from words in FsCheck.Fluent.Gen.Elements(Words).ArrayOf(lines.Length + 1)
        let now = Edit(lines, edits, words)
        where !lines.SequenceEqual(now)
        select new RandomPatch([.. lines], [.. now], Cut([.. lines], LineDiff.Compare(lines, now)));

    public string OldText => string.Concat(Old.Select(l => l + "\n"));

    public string NewText => string.Concat(New.Select(l => l + "\n"));

    public string Text => Write(Hunks);

    public override string ToString() => $"{OldText}\n=====\n{Text}";

    public static string Write(IEnumerable<ImmutableArray<ChunkLine>> hunks) => string.Concat(
        [
            "*** Begin Patch\n*** Update File: f\n",
            .. hunks.SelectMany(h => h.Select(l => (l.Kind switch { LineKind.Added => "+", LineKind.Removed => "-", _ => " " }) + l.Text + "\n").Prepend("@@\n")),
            "*** End Patch\n",
        ]);

    private static string[] Edit(string[] lines, int[] edits, string[] words)
    {
        var now = new List<string>();
        for (var i = 0; i <= lines.Length; i++)
        {
            if (edits[i] is 1 or 2)
                now.Add(words[i]);
            if (i < lines.Length && edits[i] is not (2 or 3))
                now.Add(lines[i]);
        }

        return [.. now];
    }

    /// <summary>With as few lines around each change as make every hunk's place the first that fits.</summary>
    private static ImmutableArray<ImmutableArray<ChunkLine>> Cut(ImmutableArray<string> old, ImmutableArray<ChunkLine> lines)
    {
        for (var around = 1; around < lines.Length; around++)
        {
            var (hunks, starts) = Cut(lines, around);
            var (from, isRight) = (0, true);
            for (var i = 0; i < hunks.Length && isRight; i++)
            {
                ImmutableArray<string> sought = [.. hunks[i].Where(l => l.Kind != LineKind.Added).Select(l => l.Text)];
                isRight = sought.Length > 0 && LineSeek.FindAll(old, sought, from, LineMatch.Exact).FirstOrDefault(-1) == starts[i];
                from = starts[i] + sought.Length;
            }

            if (isRight)
                return hunks;
        }

        return [lines];
    }

    private static (ImmutableArray<ImmutableArray<ChunkLine>> Hunks, ImmutableArray<int> Starts) Cut(ImmutableArray<ChunkLine> lines, int around)
    {
        var hunks = ImmutableArray.CreateBuilder<ImmutableArray<ChunkLine>>();
        var starts = ImmutableArray.CreateBuilder<int>();
        var isNear = lines.Select((_, i) => Enumerable.Range(Math.Max(0, i - around), Math.Min(lines.Length - 1, i + around) - Math.Max(0, i - around) + 1).Any(j => lines[j].Kind != LineKind.Context)).ToArray();
        for (var i = 0; i < lines.Length;)
        {
            var length = isNear.Skip(i).TakeWhile(n => n).Count();
            if (length > 0)
            {
                hunks.Add(lines.Slice(i, length));
                starts.Add(lines.Take(i).Count(l => l.Kind != LineKind.Added));
            }

            i += Math.Max(1, length);
        }

        return (hunks.ToImmutable(), starts.ToImmutable());
    }
}
