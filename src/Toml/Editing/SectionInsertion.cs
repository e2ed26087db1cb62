using Codex.Toml.Semantics;
using Codex.Toml.Syntax;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>Adds a section: a header with its lines.</summary>
internal static class SectionInsertion
{
    /// <param name="map">The lines of the text.</param>
    /// <param name="path">The table of the new header; it is not there, or only longer headers name it.</param>
    /// <param name="body">The lines below the header.</param>
    /// <param name="placement">Where to put it.</param>
    public static EditStep Plan(LineMap map, TomlPath path, IEnumerable<string> body, TablePlacement placement)
    {
        var reason = $"add [{path}]";
        if (map.Document.Find(path) is TableNode { FirstSite: { Statement: HeaderSyntax longer } site })
            return EditStep.Of(AboveLongerHeader(map, longer, site.Segment, body, reason));

        var keys = path.Steps.Where(s => s.IsKey).Select(s => KeyWriter.Write(s.Key!, map.Document.Options.Version));
        var line = Line(map, path, placement);
        string[] before = line > 0 && !map.IsBlank(line - 1) ? [""] : [];
        string[] behind = line < map.Count && !map.IsBlank(line) ? [""] : [];
        return EditStep.Of(LineSplices.Insert(map, line, [.. before, $"[{string.Join('.', keys)}]", .. body, .. behind], reason));
    }

    /// <summary>The header of a table that only longer headers name goes above the first of those and the comments right above it.</summary>
    private static Splice AboveLongerHeader(LineMap map, HeaderSyntax longer, int segment, IEnumerable<string> body, string reason)
    {
        var header = $"[{map.Document.TextOf(longer.Key.Prefix(segment))}]";
        var indentation = map.Indentation(longer.Span.Start);
        return LineSplices.Insert(map, map.StartOfCommentsAbove(map.First(longer)), [indentation + header, .. body.Select(b => indentation + b), ""], reason);
    }

    private static int Line(LineMap map, TomlPath path, TablePlacement placement)
    {
        var prefix = placement is TablePlacement.AfterSections after ? after.Prefix : TomlPath.Root;
        // Inside an array of tables a header belongs to the element above it, so it must stay among that element's sections.
        var element = path.Take(path.Steps.ToList().FindLastIndex(s => !s.IsKey) + 1);
        if (!prefix.StartsWith(element))
            prefix = element;
        var last = Last(map, prefix) ?? Last(map, element);
        return last is null ? map.Count : map.AfterTrailingComments(map.After(last.Last!));
    }

    private static SectionSyntax? Last(LineMap map, TomlPath prefix) =>
        prefix.IsRoot ? null : map.Document.Sections.LastOrDefault(s => s.Header is not null && s.Path.StartsWith(prefix));
}
