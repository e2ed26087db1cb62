using Codex.ConfigTool.Output;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Merge;

/// <summary>Finds the edits that make a configuration say what is desired, and what in it stands against that.</summary>
internal static class MergePlanner
{
    public static MergeOutcome Plan(TomlDocument document, DesiredProvider desired, ConflictChoice choice)
    {
        if (Misshapen(document, desired) is { } invalid)
            return invalid;

        var edits = new List<TomlEdit>();
        var conflicts = new List<MergeConflict>();
        foreach (var (key, value) in desired.Root)
            edits.Add(new TomlEdit.SetValue(TomlPath.Of(key), value) { After = ConfigKeys.RootOrder });
        if (desired.Table.Length > 0)
            AddTable(document, desired, choice, edits, conflicts);
        foreach (var (path, value) in desired.Settings)
            edits.Add(new TomlEdit.SetValue(path, value));

        return conflicts.Count > 0
            ? new MergeOutcome.Conflicting([.. conflicts])
            : new MergeOutcome.Ready([.. edits], [.. LegacyProfiles.Notices(document)]);
    }

    /// <summary>The place where a value is named.</summary>
    internal static LinePosition PositionOf(TomlDocument document, TomlNode node) =>
        document.Lines.PositionAt(node.Span.Length > 0 ? node.Span.Start : node.Sites.Count > 0 ? node.Sites[0].Statement.Span.Start : 0);

    private static MergeOutcome.Invalid? Misshapen(TomlDocument document, DesiredProvider desired)
    {
        foreach (var path in (TomlPath[])[TomlPath.Of(ConfigKeys.Providers), ConfigKeys.Provider(desired.Id), .. desired.Settings.Select(s => s.Key.Parent)])
        {
            if (document.Find(path) is { } node and not TableNode)
                return new(PositionOf(document, node), $"\"{path}\" must be a table");
        }

        foreach (var (key, _) in desired.Root)
        {
            if (document.Find(TomlPath.Of(key)) is { Span.Length: 0 } table)
                return new(PositionOf(document, table), $"\"{key}\" must be a value of the root, not a table");
        }

        return null;
    }

    private static void AddTable(TomlDocument document, DesiredProvider desired, ConflictChoice choice, List<TomlEdit> edits, List<MergeConflict> conflicts)
    {
        var path = ConfigKeys.Provider(desired.Id);
        if (document.Find(path) is not TableNode table || table.Kind == DefinitionKind.ImplicitHeader)
        {
            var here = document.Find(path);
            conflicts.AddRange(AuthConflicts(document, desired, here as TableNode, choice, edits));
            var simple = desired.Table.Where(k => k.Path.Length == 1 && k.Typed is null).ToList();
            edits.Add(new TomlEdit.AddTable(path, [.. simple.Select(k => KeyValuePair.Create(k.Path.Last.Key!, k.Value))]));
            edits.AddRange(desired.Table.Except(simple).Select(k => Set(path, k)));
            return;
        }

        conflicts.AddRange(AuthConflicts(document, desired, table, choice, edits));
        foreach (var key in desired.Table)
        {
            var node = document.Find(Below(path, key.Path));
            if (node is null)
            {
                if (choice != ConflictChoice.Keep || key.Path.Last.Key != ConfigKeys.EnvKey || AuthOf(table) is null)
                    edits.Add(Set(path, key));
                continue;
            }

            var theirs = node.ToValue();
            if (theirs.Equals(key.Value) || key.Authority == KeyAuthority.Yield)
                continue;
            if (key.Authority == KeyAuthority.Replace || choice == ConflictChoice.Force)
                edits.Add(Set(path, key));
            else if (choice == ConflictChoice.Refuse)
                conflicts.Add(new(Below(path, key.Path).ToString(), SecretMask.Value(key.Path.Last.Key!, theirs), ValueWriter.Write(key.Value), CanForce: true, PositionOf(document, node)));
        }
    }

    /// <summary>Codex refuses a key variable beside a command, and a token in the file is a secret that may not be used by accident.</summary>
    private static IEnumerable<MergeConflict> AuthConflicts(TomlDocument document, DesiredProvider desired, TableNode? table, ConflictChoice choice, List<TomlEdit> edits)
    {
        if (table is null || AuthOf(table) is not var (name, node) || choice == ConflictChoice.Keep)
            yield break;
        var ours = desired.Table.FirstOrDefault(k => k.Path.Last.Key is ConfigKeys.EnvKey or ConfigKeys.Auth && k.Path.Last.Key != name);
        if (ours is null)
            yield break;
        var path = ConfigKeys.Provider(desired.Id).Append(name);
        if (name == ConfigKeys.BearerToken && choice == ConflictChoice.Force)
            edits.Add(new TomlEdit.RemoveKey(path));
        else
            yield return new(path.ToString(), SecretMask.Value(name, node.ToValue()), $"{ours.Path} = {ValueWriter.Write(ours.Value)}", CanForce: name == ConfigKeys.BearerToken, PositionOf(document, node));
    }

    /// <summary>How the provider's table gets its key otherwise than by a variable.</summary>
    private static (string Name, TomlNode Node)? AuthOf(TableNode table)
    {
        foreach (var name in (string[])[ConfigKeys.Auth, ConfigKeys.BearerToken])
        {
            if (table.Children.TryGetValue(name, out var node))
                return (name, node);
        }

        return null;
    }

    private static TomlEdit.SetValue Set(TomlPath table, ProviderKey key) => new(Below(table, key.Path), key.Value)
    {
        Style = key.Typed is { } typed ? new ValueStyle.AsTyped(typed) : ValueStyle.Canonical,
    };

    private static TomlPath Below(TomlPath table, TomlPath path) => path.Steps.Aggregate(table, (sum, step) => sum.Append(step.Key!));
}
