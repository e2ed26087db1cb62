using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A vendor that is known to have no Responses API.</summary>
internal static class ResponsesCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Provider is not { Table: not null, BaseUrl: { } url } || Host(url) is not { } host)
            yield break;
        foreach (var preset in PresetRegistry.All.Where(p => p.BaseUrl is { } known && Host(known) == host))
        {
            if (preset.Responses is ResponsesSupport.Missing missing)
                yield return new("E13", $"{preset.Name}: {missing.Reason}", $"codex-config add-provider {preset.Name} --via-gateway", examination.PositionOf(ConfigKeys.BaseUrl));
        }
    }

    private static string? Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Authority : null;
}
