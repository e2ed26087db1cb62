using System.Collections.Immutable;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration.Layers;

/// <summary>Where a setting was written.</summary>
/// <param name="Source">The file, or <c>-c</c>; never a value.</param>
/// <param name="Line">From 1; null on the command line.</param>
/// <param name="Directory">Where its relative paths begin.</param>
internal sealed record SettingOrigin(string Source, int? Line, string Directory)
{
    public string Place => Line is { } line ? $"{Source}:{line}" : Source;
}

/// <summary>A setting that knows where it comes from, so that a fault found after merging still names its line.</summary>
internal abstract record SettingNode
{
    private SettingNode(SettingOrigin origin) => Origin = origin;

    public SettingOrigin Origin { get; init; }

    /// <summary>Anything that is replaced as a whole: a scalar or an array.</summary>
    public sealed record Leaf(TomlValue Value, SettingOrigin Origin) : SettingNode(Origin);

    public sealed record Table(ImmutableSortedDictionary<string, SettingNode> Items, SettingOrigin Origin) : SettingNode(Origin)
    {
        public static readonly ImmutableSortedDictionary<string, SettingNode> NoItems =
            ImmutableSortedDictionary.Create<string, SettingNode>(StringComparer.Ordinal);

        public SettingNode? Find(params ReadOnlySpan<string> path)
        {
            SettingNode? node = this;
            foreach (var key in path)
                node = node is Table table ? table.Items.GetValueOrDefault(key) : null;
            return node;
        }

        public Table With(string key, SettingNode value) => new(Items.SetItem(key, value), Origin);

        public Table Without(string key) => new(Items.Remove(key), Origin);

        /// <summary>This table with another laid over it: tables join, everything else of the other takes the place of ours.</summary>
        public Table Under(Table stronger)
        {
            var items = Items.ToBuilder();
            foreach (var (key, value) in stronger.Items)
                items[key] = items.GetValueOrDefault(key) is Table ours && value is Table theirs ? ours.Under(theirs) : value;
            return new(items.ToImmutable(), stronger.Origin);
        }
    }
}
