using System.Collections.Immutable;
using Codex.Toml;
using Codex.Toml.Diff;

namespace Codex.ConfigTool.Changes;

/// <summary>
/// A last look at the size before a text is written. Comments mean nothing to TOML, so a proof of the meaning alone would let them go.
/// </summary>
internal static class SizeGuard
{
    /// <summary>The text shrinks by more than the values that are replaced, although nothing is to be removed.</summary>
    public static bool LosesText(TomlDocument before, TomlDocument after, ImmutableArray<SemanticDifference> plan)
    {
        if (plan.Any(d => d is SemanticDifference.Removed))
            return false;
        var replaced = plan.OfType<SemanticDifference.Changed>().Sum(d => (long)(before.Find(d.Path)?.Span.Length ?? 0));
        return after.Bytes.Length + replaced < before.Bytes.Length;
    }
}
