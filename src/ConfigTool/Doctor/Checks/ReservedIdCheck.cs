using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Tables of providers that Codex has built in: it does not start with them.</summary>
internal static class ReservedIdCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var (id, table) in examination.Providers.Where(p => ReservedIds.BuiltIn.Contains(p.Id)))
        {
            yield return new("E03", $"[{ConfigKeys.Providers}.{id}]: '{id}' belongs to Codex itself, which does not start with a table of that name",
                $"rename the table, and {ConfigKeys.ModelProvider} with it; codex-config add-provider chooses a free name", examination.PositionOf(table));
        }

        var chosen = examination.Root(ConfigKeys.ModelProvider);
        if (ProviderEndpoint.TextAt(chosen) == ReservedIds.NeverDefault)
            yield return new("E03", $"Codex refuses '{ReservedIds.NeverDefault}' as {ConfigKeys.ModelProvider}", "take another provider: codex-config use ID", examination.PositionOf(chosen));
    }
}
