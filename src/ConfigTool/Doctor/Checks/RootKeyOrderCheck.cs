using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Keys of the root that stand below a table's header and so belong to that table: the ordering fault of hand-made files.</summary>
internal static class RootKeyOrderCheck
{
    public static IEnumerable<Finding> Find(Examination examination) =>
        from child in examination.Document.Root.Children
        where child.Key != ConfigKeys.Profiles && child.Value is TableNode
        from found in Below(examination, TomlPath.Of(child.Key), (TableNode)child.Value)
        select found;

    private static IEnumerable<Finding> Below(Examination examination, TomlPath path, TableNode table)
    {
        foreach (var (key, node) in table.Children)
        {
            if (node is TableNode inner)
            {
                foreach (var finding in Below(examination, path.Append(key), inner))
                    yield return finding;
            }
            else if (IsMisplaced(key, path.ToString()))
            {
                yield return new("W01", $"'{key}' stands in the table [{path}], so Codex does not see it as a setting of its own",
                    "keys of the root must stand above the first [table]: move the line up", examination.PositionOf(node))
                {
                    Repairs = Move(examination, path.Append(key), node),
                };
            }
        }
    }

    /// <summary>Nothing when the root says something already: then only a person can say which one is meant.</summary>
    private static ImmutableArray<TomlEdit> Move(Examination examination, TomlPath path, TomlNode node) =>
        node is ScalarNode && examination.Root(path.Last.Key!) is null
            ? [new TomlEdit.RemoveKey(path), new TomlEdit.SetValue(TomlPath.Of(path.Last.Key!), node.ToValue()) { After = ConfigKeys.RootOrder }]
            : [];

    /// <summary>Some tables have a <c>model</c> of their own; the other names belong to the root alone.</summary>
    private static bool IsMisplaced(string key, string path) => key switch
    {
        ConfigKeys.ModelProvider or ConfigKeys.Effort or ConfigKeys.ContextWindow => !path.StartsWith("agents", StringComparison.Ordinal),
        ConfigKeys.Model => path.StartsWith(ConfigKeys.Providers, StringComparison.Ordinal) || path is "features" or "tui" or "tools" or "history",
        _ => false,
    };
}
