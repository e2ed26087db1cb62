using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Codex refuses a provider without a name.</summary>
internal static class ProviderNameCheck
{
    public static IEnumerable<Finding> Find(Examination examination) =>
        from provider in examination.Providers
        where !ReservedIds.Contains(provider.Id) && string.IsNullOrWhiteSpace(ProviderEndpoint.TextOf(provider.Table, ConfigKeys.Name))
        select new Finding("E05", $"[{ConfigKeys.Providers}.{provider.Id}] has no name; Codex does not start",
            $"add the line name = \"{provider.Id}\" to the table", examination.PositionOf(provider.Table))
        {
            Repairs = [new TomlEdit.SetValue(ConfigKeys.Provider(provider.Id).Append(ConfigKeys.Name), new TomlValue.String(provider.Id))],
        };
}
