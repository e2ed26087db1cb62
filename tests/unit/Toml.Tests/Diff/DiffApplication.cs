using System.Text;
using Codex.Toml.Diff;

namespace Codex.Toml.Tests.Diff;

/// <summary>Does what <c>patch</c> does, without any tolerance.</summary>
internal static class DiffApplication
{
    public static byte[] Apply(ReadOnlyMemory<byte> original, UnifiedDiff diff)
    {
        var old = Lines(Encoding.UTF8.GetString(original.Span));
        var result = new StringBuilder();
        var (at, written) = (0, 0);
        foreach (var hunk in diff.Hunks)
        {
            var start = hunk.OldCount == 0 ? hunk.OldStart : hunk.OldStart - 1;
            Keep(start);
            (hunk.NewCount == 0 ? hunk.NewStart : hunk.NewStart - 1).ShouldBe(written);
            hunk.Lines.Count(l => l.Kind != DiffLineKind.Added).ShouldBe(hunk.OldCount);
            hunk.Lines.Count(l => l.Kind != DiffLineKind.Removed).ShouldBe(hunk.NewCount);
            foreach (var line in hunk.Lines)
            {
                var text = line.Text + (line.IsEnded ? "\n" : "");
                if (line.Kind != DiffLineKind.Added)
                    old[at++].ShouldBe(text);
                if (line.Kind != DiffLineKind.Removed)
                    Write(text);
            }
        }

        Keep(old.Count);
        return Encoding.UTF8.GetBytes(result.ToString());

        void Keep(int end)
        {
            while (at < end)
                Write(old[at++]);
        }

        void Write(string line)
        {
            result.Append(line);
            written++;
        }
    }

    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(l => l + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }
}
