using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.Toml.Editing;

/// <summary>
/// What a text must mean after an edit, worked out on values alone. It shares nothing with the code that finds the splices, so that
/// neither can hide the other's fault.
/// </summary>
internal static class ExpectedValue
{
    public static TomlValue.Table After(TomlDocument document, TomlEdit edit)
    {
        var root = document.ToValue();
        return (TomlValue.Table)(edit switch
        {
            TomlEdit.SetValue set => Change(root, set.Path.Steps, _ => set.Value)!,
            TomlEdit.AddTable add => Change(root, add.Path.Steps, old => new TomlValue.Table([.. (old as TomlValue.Table ?? TomlValue.Table.Empty).Pairs, .. add.Pairs]))!,
            TomlEdit.RenameKey rename => Change(root, rename.Path.Parent.Steps, old => Renamed((TomlValue.Table)old!, rename.Path.Last.Key!, rename.Name))!,
            TomlEdit.RemoveKey or TomlEdit.RemoveTable => Change(root, Emptied(document, edit.Path).Steps, _ => null)!,
            _ => throw new ArgumentOutOfRangeException(nameof(edit)),
        });
    }

    /// <summary>The path that vanishes: tables and arrays that only named this value go with it.</summary>
    private static TomlPath Emptied(TomlDocument document, TomlPath path)
    {
        while (path.Length > 1 && document.Find(path.Parent) is
            TableNode { Kind: DefinitionKind.Dotted or DefinitionKind.ImplicitHeader, Children.Count: 1 }
            or ArrayNode { Kind: DefinitionKind.ArrayOfTables, Items.Count: 1 })
            path = path.Parent;
        return path;
    }

    private static TomlValue? Change(TomlValue? value, IEnumerable<PathStep> steps, Func<TomlValue?, TomlValue?> change)
    {
        var rest = steps.ToList();
        if (rest.Count == 0)
            return change(value);
        if (!rest[0].IsKey)
        {
            var items = ((TomlValue.Array)value!).Items;
            var item = Change(items[rest[0].Index], rest.Skip(1), change);
            return new TomlValue.Array(item is null ? items.RemoveAt(rest[0].Index) : items.SetItem(rest[0].Index, item));
        }

        var pairs = (value as TomlValue.Table ?? TomlValue.Table.Empty).Pairs;
        var at = pairs.ToList().FindIndex(p => p.Key == rest[0].Key);
        var changed = Change(at < 0 ? null : pairs[at].Value, rest.Skip(1), change);
        return new TomlValue.Table((at, changed) switch
        {
            ( < 0, null) => pairs,
            ( < 0, _) => pairs.Add(KeyValuePair.Create(rest[0].Key!, changed)),
            (_, null) => pairs.RemoveAt(at),
            _ => pairs.SetItem(at, KeyValuePair.Create(rest[0].Key!, changed)),
        });
    }

    private static TomlValue.Table Renamed(TomlValue.Table table, string from, string to) =>
        new([.. table.Pairs.Select(p => p.Key == from ? KeyValuePair.Create(to, p.Value) : p)]);
}
