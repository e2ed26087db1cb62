using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A vendor that is known to have no Responses API.</summary>
internal static class ResponsesCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination is { IsAtPreset: true, Provider.Preset: { Responses: ResponsesSupport.Missing missing } preset })
        {
            yield return new("E13", $"{preset.Name}: {missing.Reason}",
                $"codex-config add-provider {preset.Name} --via-gateway", examination.PositionOf(ConfigKeys.BaseUrl));
        }
    }
}
