using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>Adds a table: a section, or an entry when a table above it stands in braces.</summary>
internal static class TableAddition
{
    public static EditStep Plan(LineMap map, TomlEdit.AddTable edit)
    {
        var document = map.Document;
        var version = document.Options.Version;
        var reach = PathReach.Of(document, edit.Path);
        if (reach.Missing.Count == 0 && reach.Node.Kind != DefinitionKind.ImplicitHeader)
            return EditStep.Refuse(document, DiagnosticCode.DuplicateTable, reach.Node, $"\"{edit.Path}\" is there already");

        var isInBraces = reach.Node.Kind is DefinitionKind.Inline
            || (reach.Node is TableNode { Kind: DefinitionKind.Dotted } dotted && KeyInsertion.LastPairThrough(dotted) is ({ InlineTable: not null }, _));
        if (isInBraces || reach.Node is not TableNode || reach.Missing.Any(s => !s.IsKey))
            return KeyInsertion.Plan(map, reach, ValueWriter.Write(new TomlValue.Table(edit.Pairs), version), []);

        return SectionInsertion.Plan(map, edit.Path,
            edit.Pairs.Select(p => $"{KeyWriter.Write(p.Key, version)} = {ValueWriter.Write(p.Value, version)}"),
            edit.Placement ?? new TablePlacement.AfterSections(edit.Path.Parent));
    }
}
