using Codex.Toml;
using Codex.Toml.Diff;
using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Finds lines that a change took away or moved although it was not about them.</summary>
internal static class UntouchedLines
{
    /// <summary>The first line of the old text that is neither about something that changed nor still there in its place; null when there is none.</summary>
    public static string? FirstLost(TomlDocument before, TomlDocument after, bool evenBlank)
    {
        if (HasMark(before) != HasMark(after))
            return "the byte order mark";
        var differences = SemanticDiff.Compare(before, after).ToList();
        var touched = differences.SelectMany(d => SpansOf(before, d.Path)).ToList();
        var removed = differences.Where(d => after.Find(d.Path) is null).SelectMany(d => SpansOf(before, d.Path)).ToList();
        var now = Lines(after).Select(l => l.Text).ToList();
        var endsTheText = after.Bytes.Length > 0 && !after.EndsWithNewline ? now.Count - 1 : -1;
        var next = 0;
        foreach (var (text, span) in Lines(before))
        {
            if (touched.Exists(t => t.Start < span.End && t.End > span.Start))
                continue;
            // What is taken away takes the one blank line along that parted it from its neighbours (LineSplices).
            if (string.IsNullOrWhiteSpace(text) && (!evenBlank || removed.Exists(r => LineOf(before, Math.Max(r.Start, r.End - 1)) == LineOf(before, span.Start) - 1 || LineOf(before, r.Start) == LineOf(before, span.Start) + 1)))
                continue;
            // The last line may get an end when something comes behind it, and lose it to become the last one where the text had none.
            var at = Enumerable.Range(next, now.Count - next).FirstOrDefault(
                i => now[i] == text || (span.End == before.Bytes.Length && now[i].TrimEnd('\r', '\n') == text) || (i == endsTheText && now[i] == text.TrimEnd('\r', '\n')), -1);
            if (at < 0)
                return text;
            next = at + 1;
        }

        return null;
    }

    private static int LineOf(TomlDocument document, int offset) => document.Lines.LineAt(offset);

    /// <summary>Where a value or the header of a table stands that changes, or the braces into which something comes.</summary>
    private static IEnumerable<TextSpan> SpansOf(TomlDocument document, TomlPath path)
    {
        if (document.Find(path) is { } node)
            return SpansOf(node);
        while (!path.IsRoot && document.Find(path) is null)
            path = path.Parent;
        return document.Find(path) is { Kind: DefinitionKind.Inline } braces ? [braces.Span] : [];
    }

    private static IEnumerable<TextSpan> SpansOf(TomlNode node)
    {
        var inside = node is TableNode table ? table.Children.Values.SelectMany(SpansOf) : [];
        return inside.Concat(node.Sites.Where(s => !s.IsPassing || node is not TableNode).Select(s => s.Statement.Span)).Append(node.Span);
    }

    private static bool HasMark(TomlDocument document) => document.Bytes.Span.StartsWith("\uFEFF"u8);

    private static IEnumerable<(string Text, TextSpan Span)> Lines(TomlDocument document) =>
        Enumerable.Range(0, document.Lines.Count).Select(l => document.Lines.Span(l)).Where(s => s.Length > 0).Select(s => (document.TextOf(s).TrimStart('\uFEFF'), s))
            .Where(l => l.Item1.Length > 0);
}
