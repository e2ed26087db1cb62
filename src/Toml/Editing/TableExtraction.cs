using System.Text;
using Codex.Toml.Semantics;
using Codex.Toml.Syntax;
using Codex.Toml.Text;

namespace Codex.Toml.Editing;

/// <summary>
/// Makes a table a text of its own: its keys become keys of the root, tables below it tables of the root. Lines and values keep their spelling;
/// comments inside and right above come along, as <see cref="TomlEdit.RemoveTable.WithCommentsAbove"/> takes them away.
/// </summary>
public static class TableExtraction
{
    /// <returns>The text, read again and proven to mean the same; null when there is no such table, or no proof.</returns>
    public static TomlDocument? Of(TomlDocument document, TomlPath path)
    {
        if (!document.IsValid || path.IsRoot || document.Find(path) is not TableNode table || table.Sites.Count == 0)
            return null;
        var map = new LineMap(document);
        var text = new StringBuilder();
        foreach (var part in table.Kind == DefinitionKind.Inline ? InBraces(map, table) : OnLines(map, table))
        {
            text.Append(part);
            if (text.Length > 0 && text[^1] != '\n')
                text.Append(map.LineEnd);
        }

        var result = TomlDocument.Parse(text.ToString(), document.Options);
        return result.IsValid && result.ToValue().Equals(table.ToValue()) ? result : null;
    }

    /// <summary>Keys of the root first, since everything behind a header belongs to that header.</summary>
    private static IEnumerable<string> OnLines(LineMap map, TableNode table)
    {
        var sites = table.Sites.DistinctBy(s => s.Statement).OrderBy(s => s.Statement.Span.Start).ToList();
        var onLines = sites.Where(s => s.Statement is not PairSyntax { InlineTable: not null }).ToList();
        var ranges = Removal.Ranges(map, [.. onLines.Select(s => s.Statement)], withCommentsAbove: true);
        var parts = new List<(bool IsRoot, string Text)>();
        foreach (var site in sites.Except(onLines))
            parts.Add((true, map.Document.TextOf(TextSpan.FromBounds(site.Statement.Key.Segments[site.Segment + 1].Span.Start, site.Statement.Span.End))));
        foreach (var range in ranges)
        {
            var inside = onLines.Where(s => map.First(s.Statement) >= range.First && map.First(s.Statement) < range.End).ToList();
            for (var i = 0; i < inside.Count; i++)
            {
                var first = i == 0 ? range.First : Math.Max(map.StartOfCommentsAbove(map.First(inside[i].Statement)), map.After(inside[i - 1].Statement));
                var end = i + 1 == inside.Count ? range.End : Math.Max(map.StartOfCommentsAbove(map.First(inside[i + 1].Statement)), map.After(inside[i].Statement));
                parts.Add((inside[i].Statement is PairSyntax || !inside[i].IsPassing, Rerooted(map, inside[i], first, end)));
            }
        }

        return parts.Where(p => p.IsRoot).Concat(parts.Where(p => !p.IsRoot)).Select(p => p.Text);
    }

    /// <summary>The lines without the part of the key that names the table; its own header goes altogether but for a comment behind it.</summary>
    private static string Rerooted(LineMap map, DefinitionSite site, int first, int end)
    {
        var document = map.Document;
        var key = site.Statement.Key;
        var (start, lines) = (map.Offset(first), map.Offset(end));
        if (site.IsPassing)
            return Text(start, key.Segments[0].Span.Start) + Text(key.Segments[site.Segment + 1].Span.Start, lines);
        var header = map.First(site.Statement);
        var behind = site.Statement.Comment is { } comment ? document.TextOf(comment) + map.LineEnd : "";
        return Text(start, map.Offset(header)) + behind + Text(map.Offset(header + 1), lines);

        string Text(int from, int to) => document.TextOf(TextSpan.FromBounds(from, to));
    }

    /// <summary>A line for each entry; comments between the braces go above the entry that follows, or behind the one on their line.</summary>
    private static IEnumerable<string> InBraces(LineMap map, TableNode table)
    {
        var document = map.Document;
        var comments = document.Tokens().Where(t => t.Kind == TokenKind.Comment && t.Start > table.Span.Start && t.End < table.Span.End
            && !table.InlinePairs.Any(p => p.Span.Start < t.Start && t.End < p.Span.End)).ToList();
        for (var i = 0; i < table.InlinePairs.Count; i++)
        {
            var pair = table.InlinePairs[i];
            var behind = comments.Where(c => c.Start > pair.Span.End && document.Lines.LineAt(c.Start) == document.Lines.LineAt(pair.Span.End - 1)).ToList();
            foreach (var above in comments.Where(c => c.End <= pair.Span.Start && !IsBehindEntry(c)).Where(c => i == 0 || c.Start > table.InlinePairs[i - 1].Span.End))
                yield return document.TextOf(above.Span);
            yield return document.TextOf(pair.Span) + string.Concat(behind.Select(c => $" {document.TextOf(c.Span)}"));
        }

        foreach (var last in comments.Where(c => (table.InlinePairs.Count == 0 || c.Start > table.InlinePairs[^1].Span.End) && !IsBehindEntry(c)))
            yield return document.TextOf(last.Span);

        bool IsBehindEntry(Token comment) => table.InlinePairs.Any(p => p.Span.End <= comment.Start && document.Lines.LineAt(p.Span.End - 1) == document.Lines.LineAt(comment.Start));
    }
}
