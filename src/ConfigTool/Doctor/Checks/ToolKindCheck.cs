using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A server that refuses tools which are no plain functions, and a Codex that sends such tools unless told otherwise.</summary>
internal static class ToolKindCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (!examination.IsDefault || examination.Provider is not { Table: not null, Preset: { NeedsMinimalTools: true } preset })
            yield break;
        string[] sent =
        [
            .. ProviderEndpoint.TextAt(examination.Root(ConfigKeys.WebSearch)) == "disabled" ? Array.Empty<string>() : [$"{ConfigKeys.WebSearch} = \"disabled\""],
            .. IsOff(examination, "agents", "enabled") ? Array.Empty<string>() : ["enabled = false in [agents]"],
            .. IsOff(examination, "features", "goals") ? Array.Empty<string>() : ["goals = false in [features]"],
        ];
        if (sent.Length > 0)
        {
            yield return new("W10", $"{preset.Name} refuses tools that are no plain functions, and Codex sends it some",
                $"add {string.Join(", ", sent)}; add-provider {preset.Name} --minimal-tools writes all of it", examination.PositionOf(ConfigKeys.BaseUrl));
        }
    }

    private static bool IsOff(Examination examination, string table, string key) =>
        examination.Document.Find(TomlPath.Of(table, key))?.ToValue() is TomlValue.Boolean { Value: false };
}
