using Codex.Toml.Diagnostics;
using Codex.Toml.Diff;

namespace Codex.Toml.Editing;

/// <summary>
/// Finds the splices for edits. Edits are taken one after another, each on what the ones before made of the text; after each the text
/// is read again and must mean what the edit asks for, nothing more and nothing less.
/// </summary>
public static class TomlEditor
{
    public static EditPlanning Plan(TomlDocument document, params IEnumerable<TomlEdit> edits)
    {
        if (!document.IsValid)
            return new EditPlanning.Refused(document.Diagnostics[0]);

        var pieces = new PieceTable(document.Bytes);
        var current = document;
        foreach (var edit in edits)
        {
            var (next, refusal) = Do(current, edit, pieces);
            if (refusal is not null)
                return new EditPlanning.Refused(refusal);
            current = next;
        }

        return new EditPlanning.Ready(new(document, pieces.Splices(), SemanticDiff.Compare(document, current)));
    }

    internal static TomlDiagnostic NotProven(TomlDocument document) =>
        new(DiagnosticCode.EditNotProven, "the edited text does not mean what was asked for; nothing was changed", null, default, document.Lines.PositionAt(0));

    private static (TomlDocument Document, TomlDiagnostic? Refusal) Do(TomlDocument document, TomlEdit edit, PieceTable pieces)
    {
        var current = document;
        while (true)
        {
            var step = Plan(new LineMap(current), edit);
            if (step is EditStep.Refused refused)
                return (document, refused.Diagnostic);
            var splices = ((EditStep.Change)step).Splices;
            pieces.Apply(splices);
            current = TomlDocument.Parse(Splice.Apply(current.Bytes, splices), document.Options);
            if (!current.IsValid)
                return (document, current.Diagnostics[0]);

            // A table whose dotted keys stand in braces goes entry by entry; every step takes one away, so this ends.
            if (edit is not TomlEdit.RemoveTable || splices.IsEmpty || current.Find(edit.Path) is null || Means(document, current, edit))
                break;
        }

        return Means(document, current, edit) ? (current, null) : (document, NotProven(document));
    }

    private static bool Means(TomlDocument document, TomlDocument current, TomlEdit edit) =>
        current.ToValue().Equals(ExpectedValue.After(document, edit));

    private static EditStep Plan(LineMap map, TomlEdit edit) => edit switch
    {
        TomlEdit.SetValue set => ValueEdit.Plan(map, set),
        TomlEdit.RemoveKey remove => Removal.Key(map, remove.Path),
        TomlEdit.RemoveTable remove => Removal.Table(map, remove.Path, remove.WithCommentsAbove),
        TomlEdit.AddTable add => TableAddition.Plan(map, add),
        TomlEdit.RenameKey rename => Renaming.Plan(map, rename.Path, rename.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(edit)),
    };
}
