using System.Collections.Immutable;
using Codex.Toml.Values;

namespace Codex.Toml.Diff;

/// <summary>Compares what two texts mean; spelling, order and comments count for nothing.</summary>
public static class SemanticDiff
{
    public static ImmutableArray<SemanticDifference> Compare(TomlDocument before, TomlDocument after) =>
        Compare(before.ToValue(), after.ToValue());

    /// <summary>
    /// The differences in the order of the first table, additions behind. Tables are compared key by key; so are arrays of as many tables
    /// on both sides, element by element; every other array counts as one value.
    /// </summary>
    public static ImmutableArray<SemanticDifference> Compare(TomlValue.Table before, TomlValue.Table after)
    {
        var found = ImmutableArray.CreateBuilder<SemanticDifference>();
        Compare([], before, after, found);
        return found.DrainToImmutable();
    }

    private static void Compare(List<PathStep> path, TomlValue before, TomlValue after, ImmutableArray<SemanticDifference>.Builder found)
    {
        switch (before, after)
        {
            case (TomlValue.Table old, TomlValue.Table now):
                CompareTables(path, old, now, found);
                break;
            case (TomlValue.Array old, TomlValue.Array now) when old.Items.Length == now.Items.Length
                && old.Items.Concat(now.Items).All(i => i is TomlValue.Table):
                for (var i = 0; i < old.Items.Length; i++)
                    CompareInside(path, new(null, i), old.Items[i], now.Items[i], found);
                break;
            default:
                if (!before.Equals(after))
                    found.Add(new SemanticDifference.Changed(TomlPath.Of(path), before, after));
                break;
        }
    }

    /// <summary>One list is the path on the whole way down: a copy for every level would cost more than the comparing.</summary>
    private static void CompareInside(List<PathStep> path, PathStep step, TomlValue before, TomlValue after, ImmutableArray<SemanticDifference>.Builder found)
    {
        path.Add(step);
        Compare(path, before, after, found);
        path.RemoveAt(path.Count - 1);
    }

    private static void CompareTables(List<PathStep> path, TomlValue.Table before, TomlValue.Table after, ImmutableArray<SemanticDifference>.Builder found)
    {
        var added = after.ToDictionary();
        foreach (var (key, old) in before.Pairs)
        {
            if (added.Remove(key, out var now))
                CompareInside(path, new(key, 0), old, now, found);
            else
                found.Add(new SemanticDifference.Removed(TomlPath.Of(path).Append(key), old));
        }

        foreach (var (key, now) in after.Pairs)
        {
            if (added.ContainsKey(key))
                found.Add(new SemanticDifference.Added(TomlPath.Of(path).Append(key), now));
        }
    }
}
