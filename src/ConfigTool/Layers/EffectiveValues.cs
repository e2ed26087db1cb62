using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.Toml;
using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Layers;

/// <summary>A value with which Codex would run, and where it comes from.</summary>
/// <param name="Path">Keys from the root.</param>
/// <param name="Node">The value; never a table with keys of its own.</param>
/// <param name="Layer">The layer that has the last word.</param>
/// <param name="Position">Where in that layer's file.</param>
internal sealed record EffectiveValue(TomlPath Path, TomlNode Node, ConfigLayer Layer, LinePosition Position);

/// <summary>Lays layers over one another as Codex 0.169 does: tables key by key, every other value as a whole.</summary>
internal static class EffectiveValues
{
    /// <summary>Keys of the root that Codex 0.169 passes over in a project's file, so that a checkout cannot send code and keys elsewhere.</summary>
    public static ImmutableArray<string> IgnoredInProjects { get; } =
    [
        ConfigKeys.ModelProvider, ConfigKeys.Providers, ConfigKeys.Profile, ConfigKeys.Profiles, "openai_base_url", "chatgpt_base_url", "notify", "otel",
        "experimental_realtime_ws_base_url", "apps_mcp_product_sku",
    ];

    /// <param name="layers">The lowest first; those that Codex does not read count for nothing.</param>
    public static ImmutableArray<EffectiveValue> Of(IEnumerable<ConfigLayer> layers)
    {
        var values = new List<EffectiveValue>();
        foreach (var layer in layers.Where(l => l.IsRead))
        {
            foreach (var value in Leaves(layer, layer.Document.Root, TomlPath.Root))
            {
                values.RemoveAll(v => v.Path.StartsWith(value.Path) || value.Path.StartsWith(v.Path));
                values.Add(value);
            }
        }

        return [.. values.OrderBy(v => v.Path.Length > 1).ThenBy(v => v.Path.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<EffectiveValue> Leaves(ConfigLayer layer, TableNode table, TomlPath path) => table.Children
        .Where(c => !path.IsRoot || layer.Kind != LayerKind.Project || !IgnoredInProjects.Contains(c.Key))
        .SelectMany(c => c.Value is TableNode { Children.Count: > 0 } below
            ? Leaves(layer, below, path.Append(c.Key))
            : [new EffectiveValue(path.Append(c.Key), c.Value, layer, MergePlanner.PositionOf(layer.Document, c.Value))]);
}
