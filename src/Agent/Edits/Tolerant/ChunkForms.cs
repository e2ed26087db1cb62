using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>A chunk read in another way, for mistakes models make.</summary>
internal readonly record struct ChunkForm(ImmutableArray<ChunkLine> Lines, string Note);

internal static partial class ChunkForms
{
    /// <summary>Every way that changes the chunk, the likeliest first.</summary>
    public static IEnumerable<ChunkForm> Of(ImmutableArray<ChunkLine> lines)
    {
        var forms = new[]
        {
            WithMarkers(lines),
            new ChunkForm(WithoutOuterBlanks(lines), "empty lines around the old text were left out"),
            new ChunkForm(WithoutNumbers(lines), "line numbers before the text were left out"),
            new ChunkForm(Unescaped(lines), "escaped characters were read as what they stand for"),
        };
        return forms.Where(f => !f.Lines.SequenceEqual(lines) && f.Lines.Any(l => l.Kind != LineKind.Added));
    }

    /// <summary>The blank that marks a context line was forgotten, so the first one of its indentation was taken for it.</summary>
    public static ChunkForm WithMarkers(ImmutableArray<ChunkLine> lines) => new(
        lines.Any(l => l.Kind == LineKind.Context && l.Text.Length > 0)
            ? [.. lines.Select(l => l.Kind == LineKind.Context && l.Text.Length > 0 ? l with { Text = " " + l.Text } : l)]
            : lines,
        "context lines lacked the leading space");

    private static ImmutableArray<ChunkLine> WithoutOuterBlanks(ImmutableArray<ChunkLine> lines)
    {
        static bool IsBlank(ChunkLine line) => line.Kind == LineKind.Context && string.IsNullOrWhiteSpace(line.Text);
        return [.. lines.SkipWhile(IsBlank).Reverse().SkipWhile(IsBlank).Reverse()];
    }

    private static ImmutableArray<ChunkLine> WithoutNumbers(ImmutableArray<ChunkLine> lines)
    {
        var areOldNumbered = lines.Where(l => l.Kind != LineKind.Added).All(l => LineNumber().IsMatch(l.Text));
        var areNewNumbered = lines.Where(l => l.Kind == LineKind.Added && l.Text.Length > 0).All(l => LineNumber().IsMatch(l.Text));
        return areOldNumbered
            ? [.. lines.Select(l => l.Kind == LineKind.Added && !areNewNumbered ? l : l with { Text = LineNumber().Replace(l.Text, "") })]
            : lines;
    }

    private static ImmutableArray<ChunkLine> Unescaped(ImmutableArray<ChunkLine> lines) =>
        lines.Any(l => l.Kind != LineKind.Added && Escapes.AreIn(l.Text))
            ? [.. lines.SelectMany(l => Escapes.Undo(l.Text).Split('\n').Select(t => l with { Text = t }))]
            : lines;

    // As read_file shows lines, and as cat -n and grep -n do.
    [GeneratedRegex(@"^\s*(L\d+: ?|\d+[:|\t→] ?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LineNumber();
}
