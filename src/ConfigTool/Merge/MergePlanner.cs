using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Merge;

/// <summary>Finds the edits that make a configuration say what is desired, and what in it stands against that.</summary>
internal static class MergePlanner
{
    private static readonly string[] KeyWays = [ConfigKeys.Auth, ConfigKeys.BearerToken, ConfigKeys.EnvKey];

    public static MergeOutcome Plan(TomlDocument document, DesiredProvider desired, ConflictChoice choice)
    {
        if (Misshapen(document, desired) is { } invalid)
            return invalid;

        var edits = new List<TomlEdit>();
        var conflicts = new List<MergeConflict>();
        var notices = new List<Notice>();
        foreach (var (key, value) in desired.Root)
            edits.Add(new TomlEdit.SetValue(TomlPath.Of(key), value) { After = ConfigKeys.RootOrder });
        if (desired.Table.Length > 0)
            AddTable(document, desired, choice, edits, conflicts, notices);
        else if (ReservedIds.BuiltIn.Contains(desired.Id) && document.Find(ConfigKeys.Provider(desired.Id)) is { } mine)
            conflicts.Add(new(ConfigKeys.Provider(desired.Id).ToString(), SecretMask.Value(desired.Id, mine.ToValue()), null, CanForce: false, PositionOf(document, mine)));
        foreach (var (path, value) in desired.Settings)
            edits.Add(new TomlEdit.SetValue(path, value));

        return conflicts.Count > 0
            ? new MergeOutcome.Conflicting([.. conflicts])
            : new MergeOutcome.Ready([.. edits], [.. notices, .. LegacyProfiles.Notices(document)]);
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

    private static void AddTable(TomlDocument document, DesiredProvider desired, ConflictChoice choice, List<TomlEdit> edits, List<MergeConflict> conflicts, List<Notice> notices)
    {
        var path = ConfigKeys.Provider(desired.Id);
        if (document.Find(path) is not TableNode table || table.Kind == DefinitionKind.ImplicitHeader)
        {
            var here = document.Find(path);
            conflicts.AddRange(AuthConflicts(document, desired, here as TableNode, choice, edits));
            var wanted = desired.Table.Where(k => choice != ConflictChoice.Keep || here is not TableNode theirs || Rivals(theirs, k.Path).Count == 0).ToList();
            var simple = wanted.Where(k => k.Path.Length == 1 && k.Typed is null).ToList();
            edits.Add(new TomlEdit.AddTable(path, [.. simple.Select(k => KeyValuePair.Create(k.Path.Last.Key!, k.Value))]));
            edits.AddRange(wanted.Except(simple).Select(k => Set(path, k)));
            return;
        }

        conflicts.AddRange(AuthConflicts(document, desired, table, choice, edits));
        foreach (var key in desired.Table)
        {
            var node = document.Find(Below(path, key.Path));
            if (node is null)
            {
                if (choice != ConflictChoice.Keep || Rivals(table, key.Path).Count == 0)
                    edits.Add(Set(path, key));
                continue;
            }

            var theirs = node.ToValue();
            if (IsSame(key, theirs) || (key.Authority == KeyAuthority.Yield && IsUsable(key, theirs)))
                continue;
            if (key.Authority == KeyAuthority.Replace || choice == ConflictChoice.Force)
                edits.AddRange(Replace(path, key, node));
            else if (choice == ConflictChoice.Refuse)
                conflicts.Add(new(Below(path, key.Path).ToString(), SecretMask.Value(key.Path.Last.Key!, theirs), ValueWriter.Write(key.Value), CanForce: true, PositionOf(document, node)));
            else
                notices.Add(Kept(document, key, node));
        }
    }

    private static Notice Kept(TomlDocument document, ProviderKey key, TomlNode theirs)
    {
        var name = key.Path.Last.Key!;
        var isFatal = name == ConfigKeys.WireApi || !IsUsable(key, theirs.ToValue());
        return new("kept", $"{name} = {SecretMask.Value(name, theirs.ToValue())} stays{(isFatal ? ", and Codex does not start with it" : "")}", PositionOf(document, theirs));
    }

    /// <summary>A slash at the end of an address makes no difference to Codex.</summary>
    private static bool IsSame(ProviderKey key, TomlValue theirs) =>
        theirs.Equals(key.Value)
        || (key.Path.Last.Key == ConfigKeys.BaseUrl && theirs is TomlValue.String url && key.Value is TomlValue.String ours && url.Value.TrimEnd('/') == ours.Value.TrimEnd('/'));

    /// <summary>Codex starts with it: a value of the right type, and a name that is not empty.</summary>
    private static bool IsUsable(ProviderKey key, TomlValue theirs) =>
        theirs.GetType() == key.Value.GetType() && !(key.Path.Last.Key == ConfigKeys.Name && theirs is TomlValue.String { Value: "" });

    private static IEnumerable<TomlEdit> Replace(TomlPath table, ProviderKey key, TomlNode theirs)
    {
        if (theirs.Span.Length == 0)
            yield return new TomlEdit.RemoveTable(Below(table, key.Path));
        yield return Set(table, key);
    }

    /// <summary>Codex refuses a key variable beside a command, and a token in the file is a secret that may not be used by accident.</summary>
    private static IEnumerable<MergeConflict> AuthConflicts(TomlDocument document, DesiredProvider desired, TableNode? table, ConflictChoice choice, List<TomlEdit> edits)
    {
        if (table is null || choice == ConflictChoice.Keep)
            yield break;
        var ours = desired.Table.FirstOrDefault(k => k.Path.Last.Key is ConfigKeys.EnvKey or ConfigKeys.Auth);
        var rivals = ours is not null ? Rivals(table, ours.Path) : desired.HasNoKey ? Rivals(table, TomlPath.Root) : [];
        foreach (var (name, node) in rivals)
        {
            var path = ConfigKeys.Provider(desired.Id).Append(name);
            var canForce = name == ConfigKeys.BearerToken || ours is null;
            if (canForce && choice == ConflictChoice.Force)
                edits.Add(node.Span.Length > 0 ? new TomlEdit.RemoveKey(path) : new TomlEdit.RemoveTable(path));
            else
                yield return new(path.ToString(), SecretMask.Value(name, node.ToValue()), ours is null ? null : $"{ours.Path} = {ValueWriter.Write(ours.Value)}", canForce, PositionOf(document, node));
        }
    }

    /// <summary>Ways in which the table gets its key that cannot stand beside this one; none when it is no such way.</summary>
    private static List<KeyValuePair<string, TomlNode>> Rivals(TableNode table, TomlPath way)
    {
        if (!way.IsRoot && !KeyWays.Contains(way.Steps[0].Key, StringComparer.Ordinal))
            return [];
        return [.. table.Children.Where(c => KeyWays.Contains(c.Key, StringComparer.Ordinal) && (way.IsRoot || c.Key != way.Steps[0].Key))];
    }

    private static TomlEdit.SetValue Set(TomlPath table, ProviderKey key) => new(Below(table, key.Path), key.Value)
    {
        Style = key.Typed is { } typed ? new ValueStyle.AsTyped(typed) : ValueStyle.Canonical,
    };

    private static TomlPath Below(TomlPath table, TomlPath path) => path.Steps.Aggregate(table, (sum, step) => sum.Append(step.Key!));
}
