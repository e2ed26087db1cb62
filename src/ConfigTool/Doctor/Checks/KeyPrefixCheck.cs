using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A key that by its beginning is for another vendor or another environment. Servers answer such keys with errors that look like overload.</summary>
internal static class KeyPrefixCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (!examination.IsAtPreset || examination.Provider is not { Preset.KeyPrefixes: { } prefixes, KeyVariable: { } variable }
            || KeySource.Find(examination.Environment, examination.Place.Home, variable) is not { } key)
            yield break;
        var at = examination.PositionOf(ConfigKeys.EnvKey);
        if (prefixes.OtherEnvironments.FirstOrDefault(p => key.StartsWith(p, StringComparison.Ordinal)) is { } other)
        {
            yield return new("E15", $"the key in {variable} begins with {other} and so is for another environment than {examination.Provider.BaseUrl}; Codex would speak of high demand",
                $"take a key that begins with {prefixes.Here}", at);
        }
        else if (!key.StartsWith(prefixes.Any, StringComparison.Ordinal))
        {
            yield return new("E15", $"the key in {variable} does not begin with {prefixes.Any}, as keys for {examination.Provider.BaseUrl} do; Codex would speak of high demand",
                $"take a key that begins with {prefixes.Here}", at);
        }
        else if (key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            yield return new("E15", $"the key in {variable} holds blanks or line ends", "set it again", at);
        }
    }
}
