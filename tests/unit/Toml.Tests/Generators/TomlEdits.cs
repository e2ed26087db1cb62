using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Toml.Tests.Generators;

/// <summary>Random edits on what a text has, and on what it has not.</summary>
internal static class TomlEdits
{
    private static readonly Gen<string> Name = Gen.Elements("new", "a", "b", "c d", "é", "");

    private static readonly Gen<TomlValue> Value = Gen.Elements<TomlValue>(
        new TomlValue.String("say \"hi\"\\\n\u2028"),
        new TomlValue.Integer(long.MinValue),
        new TomlValue.Float(0.1),
        new TomlValue.Boolean(true),
        new TomlValue.DateTime(TomlDateTimeKind.LocalDate, "2026-02-03"),
        new TomlValue.Array([new TomlValue.Integer(1), new TomlValue.String("x")]),
        new TomlValue.Table([KeyValuePair.Create<string, TomlValue>("k y", new TomlValue.Integer(1))]));

    public static Gen<TomlEdit> For(TomlDocument document)
    {
        var paths = Paths(document.Root, TomlPath.Root).ToList();
        var known = Gen.Elements(paths.AsEnumerable());
        return Gen.OneOf<TomlEdit>(
            from path in known from value in Value select (TomlEdit)new TomlEdit.SetValue(path, value),
            from path in known from name in Name from value in Value select (TomlEdit)new TomlEdit.SetValue(path.Append(name), value) { After = ["a", "model"] },
            from path in known from name in Name from value in Value select (TomlEdit)new TomlEdit.SetValue(path.Append("new").Append(name), value),
            from path in known select (TomlEdit)new TomlEdit.RemoveKey(path),
            from path in known select (TomlEdit)new TomlEdit.RemoveTable(path),
            from path in known from name in Name select (TomlEdit)new TomlEdit.RenameKey(path, name),
            from path in known from name in Name from value in Value select (TomlEdit)new TomlEdit.AddTable(path.Append(name), [KeyValuePair.Create("k", value)]),
            from path in known from value in Value select (TomlEdit)new TomlEdit.AddTable(path, [KeyValuePair.Create("new k", value)]) { Placement = new TablePlacement.AtEnd() });
    }

    /// <summary>Every path of a text, the root first.</summary>
    public static IEnumerable<TomlPath> Paths(TomlNode node, TomlPath path)
    {
        var inside = node switch
        {
            TableNode table => table.Children.SelectMany(c => Paths(c.Value, path.Append(c.Key))),
            ArrayNode array => array.Items.SelectMany((item, i) => Paths(item, path.Append(i))),
            _ => [],
        };
        return inside.Prepend(path);
    }
}
