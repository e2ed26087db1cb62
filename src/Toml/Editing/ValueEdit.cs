using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>Gives a key a value, or adds it.</summary>
internal static class ValueEdit
{
    public static EditStep Plan(LineMap map, TomlEdit.SetValue edit)
    {
        var reach = PathReach.Of(map.Document, edit.Path);
        var version = map.Document.Options.Version;
        var text = edit.Style is ValueStyle.AsTyped typed ? typed.Text : ValueWriter.Write(edit.Value, version);
        if (reach.Missing.Count > 0)
            return KeyInsertion.Plan(map, reach, text, edit.After);
        if (reach.Node.ToValue().Equals(edit.Value))
            return EditStep.Nothing;
        if (reach.Node.Span.Length == 0)
        {
            return EditStep.Refuse(map.Document, DiagnosticCode.EditNotPossible, reach.Node,
                $"\"{edit.Path}\" is a table with lines of its own and cannot be given a value", "remove the table first");
        }

        return EditStep.Of(new Splice(reach.Node.Span.Start, reach.Node.Span.Length, Encoding.UTF8.GetBytes(text), $"set {edit.Path}"));
    }
}
