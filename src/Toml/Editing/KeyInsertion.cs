using System.Collections.Immutable;
using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Syntax;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>Adds a key to a table the way the table is written.</summary>
internal static class KeyInsertion
{
    /// <param name="map">The lines of the text.</param>
    /// <param name="reach">The deepest table that is there, and the keys that are missing.</param>
    /// <param name="value">The value as it will be written.</param>
    /// <param name="after">Keys the new one goes behind.</param>
    public static EditStep Plan(LineMap map, PathReach reach, string value, ImmutableArray<string> after)
    {
        if (reach.Missing.Any(s => !s.IsKey))
            return EditStep.Refuse(map.Document, DiagnosticCode.NoSuchPath, reach.Node, $"{Where(reach.Path)} has no such element");
        if (reach.Node is not TableNode table)
            return EditStep.Refuse(map.Document, DiagnosticCode.NotATable, reach.Node, $"{Where(reach.Path)} is not a table");

        var keys = reach.Missing.Select(s => KeyWriter.Write(s.Key!, map.Document.Options.Version)).ToList();
        var reason = $"add {reach.Missing[^1].Key}";
        switch (table.Kind)
        {
            case DefinitionKind.Inline:
                return EditStep.Of(InlineEntries.Add(map, table, LastOf(table.InlinePairs, after), Entry(keys, value), reason));
            case DefinitionKind.Dotted when LastPairThrough(table) is var (pair, segment):
                return BesideDotted(map, pair, segment, keys, value, reason);
            case DefinitionKind.Root or DefinitionKind.Header when keys.Count == 1:
                return BelowHeader(map, table.Section!, $"{keys[0]} = {value}", after, reason);
            default:
                var path = reach.Path;
                foreach (var step in reach.Missing.SkipLast(1))
                    path = path.Append(step.Key!);
                return SectionInsertion.Plan(map, path, [$"{keys[^1]} = {value}"], new TablePlacement.AfterSections(reach.Path));
        }
    }

    /// <summary>A dotted line behind the last one of the table, or a dotted entry when those stand in braces.</summary>
    public static EditStep BesideDotted(LineMap map, PairSyntax pair, int segment, List<string> keys, string value, string reason)
    {
        var line = $"{map.Document.TextOf(pair.Key.Prefix(segment))}.{string.Join('.', keys)} = {value}";
        return pair.InlineTable is { } braces
            ? EditStep.Of(InlineEntries.Add(map, braces, pair, line, reason))
            : EditStep.Of(LineSplices.Insert(map, map.After(pair), [map.Indentation(pair.Span.Start) + line], reason));
    }

    /// <summary>The last dotted pair that defines something in this table, and which part of its key names the table.</summary>
    public static (PairSyntax Pair, int Segment)? LastPairThrough(TableNode table) =>
        table.Sites.LastOrDefault(s => s.Statement is PairSyntax) is { Statement: PairSyntax pair } site ? (pair, site.Segment) : null;

    /// <summary><c>key = value</c>, or tables in braces around it when there are several keys.</summary>
    private static string Entry(List<string> keys, string value) =>
        keys.SkipLast(1).Aggregate((Open: "", Close: ""), (sum, key) => ($"{sum.Open}{key} = {{ ", $" }}{sum.Close}")) is var (open, close)
            ? $"{open}{keys[^1]} = {value}{close}"
            : "";

    private static EditStep BelowHeader(LineMap map, SectionSyntax section, string line, ImmutableArray<string> after, string reason)
    {
        var anchor = LastOf(section.Pairs, after) ?? section.Last;
        return anchor is null
            ? EditStep.Of(FirstRootKey(map, line, reason))
            : EditStep.Of(LineSplices.Insert(map, map.After(anchor), [map.Indentation(anchor.Span.Start) + line], reason));
    }

    /// <summary>
    /// The first key of a text without any: above the first header and the comments right above that, below a banner that a blank line
    /// sets apart and below lines for programs; in a text of comments only below those.
    /// </summary>
    private static Splice FirstRootKey(LineMap map, string line, string reason)
    {
        if (map.Document.Sections.Count > 1)
            return LineSplices.Insert(map, map.StartOfCommentsAbove(map.First(map.Document.Sections[1].Header!)), [line, ""], reason);
        return LineSplices.Insert(map, map.Count, map.IsComment(map.Count - 1) ? ["", line] : [line], reason);
    }

    private static PairSyntax? LastOf(IReadOnlyList<PairSyntax> pairs, ImmutableArray<string> names) =>
        pairs.LastOrDefault(p => p.Key.Segments.Count == 1 && names.Contains(p.Key.Segments[0].Text, StringComparer.Ordinal));

    private static string Where(TomlPath path) => path.IsRoot ? "the text" : $"\"{path}\"";
}
