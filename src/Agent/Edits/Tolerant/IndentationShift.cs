using System.Collections.Immutable;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Moves new lines to the indentation of the file, where a patch has all of its lines shifted alike.</summary>
internal static class IndentationShift
{
    /// <param name="lines">Old lines that are those of the file but for blanks.</param>
    /// <param name="file">The lines of the file they stand for, one for each old line.</param>
    /// <param name="isShifted">Whether new lines were moved.</param>
    /// <returns>Null when it cannot be told which indentation the new lines should have.</returns>
    public static ImmutableArray<ChunkLine>? Apply(ImmutableArray<ChunkLine> lines, ImmutableArray<string> file, out bool isShifted)
    {
        isShifted = false;
        var olds = lines.Where(l => l.Kind != LineKind.Added)
            .Zip(file, (line, real) => (line.Text, Real: real))
            .Where(p => !string.IsNullOrWhiteSpace(p.Text))
            .Select(p => (Patch: Indentation(p.Text), File: Indentation(p.Real)))
            .ToArray();
        var pairs = olds.Distinct().ToArray();
        var added = lines.Where(l => l.Kind == LineKind.Added && !string.IsNullOrWhiteSpace(l.Text)).Select(l => Indentation(l.Text)).Distinct().ToArray();
        if (added.Length == 0 || pairs.All(p => p.Patch == p.File))
            return lines;
        // One line shifted may be a slip; only several show how the patch as a whole is shifted, and only a new line that stands as deep as an
        // old one shows that it was shifted with them.
        if (olds.Length < 2 || !added.Any(a => pairs.Any(p => p.Patch == a)) || Find(pairs) is not { } shift || added.Any(a => shift(a) is null))
            return null;
        isShifted = true;
        return
        [
            .. lines.Select(l => l.Kind == LineKind.Added && !string.IsNullOrWhiteSpace(l.Text)
                ? l with { Text = shift(Indentation(l.Text)) + l.Text.TrimStart() }
                : l),
        ];
    }

    private static Func<string, string?>? Find((string Patch, string File)[] pairs)
    {
        var (patch, file) = pairs[0];
        if (file.EndsWith(patch, StringComparison.Ordinal) && file[..^patch.Length] is var more && pairs.All(p => p.File == more + p.Patch))
            return indentation => more + indentation;
        if (patch.StartsWith(file, StringComparison.Ordinal) && patch[file.Length..] is var less && pairs.All(p => p.Patch == less + p.File))
            return indentation => indentation.StartsWith(less, StringComparison.Ordinal) ? indentation[less.Length..] : null;
        return Units(pairs, ' ', '\t') ?? Units(pairs, '\t', ' ');
    }

    /// <summary>Tabs for spaces or the other way round, the same number everywhere.</summary>
    private static Func<string, string?>? Units((string Patch, string File)[] pairs, char from, char to)
    {
        var deep = pairs.FirstOrDefault(p => p.Patch.Length > 0);
        if (deep.Patch is null || deep.File.Length == 0)
            return null;
        var (big, small) = (Math.Max(deep.Patch.Length, deep.File.Length), Math.Min(deep.Patch.Length, deep.File.Length));
        if (big % small != 0)
            return null;
        var unit = big / small;
        string? Convert(string indentation)
        {
            if (indentation.Any(c => c != from))
                return null;
            if (from == '\t')
                return new string(to, indentation.Length * unit);
            return indentation.Length % unit == 0 ? new string(to, indentation.Length / unit) : null;
        }

        return pairs.All(p => Convert(p.Patch) == p.File) ? Convert : null;
    }

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];
}
