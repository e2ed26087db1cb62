using System.Text;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.Toml.Tests.Editing;

/// <summary>Short ways to say an edit and to see what comes out.</summary>
internal static class Edits
{
    public static TomlPath Path(string path) => TomlPath.TryParse(path, out var parsed) ? parsed : throw new FormatException(path);

    public static TomlEdit Set(string path, TomlValue value, params string[] after) => new TomlEdit.SetValue(Path(path), value) { After = [.. after] };

    public static TomlEdit Set(string path, string value, params string[] after) => Set(path, new TomlValue.String(value), after);

    public static TomlEdit Remove(string path) => new TomlEdit.RemoveKey(Path(path));

    public static TomlEdit RemoveTable(string path) => new TomlEdit.RemoveTable(Path(path));

    public static TomlEdit Rename(string path, string name) => new TomlEdit.RenameKey(Path(path), name);

    public static TomlEdit Add(string path, params (string Key, string Value)[] pairs) =>
        new TomlEdit.AddTable(Path(path), [.. pairs.Select(p => KeyValuePair.Create(p.Key, (TomlValue)new TomlValue.String(p.Value)))]);

    public static EditPlan Plan(TomlDocument document, params IEnumerable<TomlEdit> edits) =>
        TomlEditor.Plan(document, edits).ShouldBeOfType<EditPlanning.Ready>().Plan;

    public static EditPlan Plan(string text, params IEnumerable<TomlEdit> edits) => Plan(TomlDocument.Parse(text), edits);

    public static string Apply(this EditPlan plan, bool undo)
    {
        var after = plan.Apply().ShouldBeOfType<EditResult.Applied>().Document;
        return Encoding.UTF8.GetString(undo ? Splice.Apply(after.Bytes, plan.Inverse()) : after.Bytes.Span);
    }

    public static string After(string text, params IEnumerable<TomlEdit> edits) => Plan(text, edits).Apply(undo: false);
}
