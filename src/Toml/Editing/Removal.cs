using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Syntax;

namespace Codex.Toml.Editing;

/// <summary>Removes keys and tables.</summary>
internal static class Removal
{
    public static EditStep Key(LineMap map, TomlPath path)
    {
        if (map.Document.Find(path) is not { } node)
            return NotThere(map, path);
        if (node.Sites is not [{ IsPassing: false, Statement: PairSyntax pair }])
        {
            return EditStep.Refuse(map.Document, DiagnosticCode.EditNotPossible, node,
                path.IsRoot || !path.Last.IsKey ? $"\"{path}\" is not a key" : $"\"{path}\" is a table with lines of its own", "remove it as a table");
        }

        return pair.InlineTable is null
            ? EditStep.Of(LineSplices.Remove(map, map.First(pair), map.After(pair), $"remove {path}"))
            : EditStep.Of(InlineEntries.Remove(map, pair, $"remove {path}"));
    }

    /// <summary>
    /// Removes a table, or its last entry in braces when dotted keys there define it in several: what is left takes another step.
    /// </summary>
    public static EditStep Table(LineMap map, TomlPath path, bool withCommentsAbove)
    {
        if (map.Document.Find(path) is not { } node)
            return NotThere(map, path);
        if (path.IsRoot || node.Sites.Count == 0 || node.Kind is DefinitionKind.Scalar or DefinitionKind.Array)
            return EditStep.Refuse(map.Document, DiagnosticCode.EditNotPossible, node, $"\"{path}\" is not a table that can be removed");

        var statements = node.Sites.Select(s => s.Statement).Distinct().ToList();
        if (statements.OfType<PairSyntax>().LastOrDefault(p => p.InlineTable is not null) is { } entry)
            return EditStep.Of(InlineEntries.Remove(map, entry, $"remove {path}"));
        return EditStep.Of(Ranges(map, statements, withCommentsAbove).Select(r => LineSplices.Remove(map, r.First, r.End, $"remove {path}")));
    }

    private static EditStep NotThere(LineMap map, TomlPath path) =>
        EditStep.Refuse(map.Document, DiagnosticCode.NoSuchPath, null, $"there is no \"{path}\"");

    /// <summary>The lines of the statements, sections whole; ranges with nothing but blank lines between are one.</summary>
    internal static List<(int First, int End)> Ranges(LineMap map, List<StatementSyntax> statements, bool withCommentsAbove)
    {
        var sections = map.Document.Sections.Where(s => s.Header is not null).ToDictionary(s => (StatementSyntax)s.Header!);
        var ranges = new List<(int First, int End)>();
        StatementSyntax? last = null;
        foreach (var statement in statements.OrderBy(s => s.Lines.Start))
        {
            var section = sections.GetValueOrDefault(statement);
            var (first, end) = (withCommentsAbove ? FirstWithComments(map, statement) : map.First(statement), section is null ? map.After(statement) : map.AfterTrailingComments(map.After(section.Last!)));
            // Comments between two removed sections stand inside the table, those above its first header do not.
            var isJoined = ranges.Count > 0 && (section is not null && last is not null && IsNextSection(map, last, section)
                || Enumerable.Range(ranges[^1].End, Math.Max(0, first - ranges[^1].End)).All(map.IsBlank));
            if (isJoined)
                ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].End, end));
            else
                ranges.Add((first, end));
            last = section?.Header;
        }

        return ranges;
    }

    /// <summary>What stands at the very beginning is about the whole text.</summary>
    private static int FirstWithComments(LineMap map, StatementSyntax statement)
    {
        var first = map.StartOfCommentsAbove(map.First(statement));
        return first == 0 ? map.First(statement) : first;
    }

    private static bool IsNextSection(LineMap map, StatementSyntax previous, SectionSyntax section)
    {
        var sections = map.Document.Sections;
        for (var i = 1; i < sections.Count; i++)
        {
            if (sections[i] == section)
                return sections[i - 1].Header == previous;
        }

        return false;
    }
}
