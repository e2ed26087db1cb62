using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>The variable of the key is not named, unset, or set twice with different values.</summary>
internal static class KeyCheck
{
    private static readonly string[] Ways = [ConfigKeys.EnvKey, ConfigKeys.Auth, ConfigKeys.BearerToken, "http_headers", "env_http_headers"];

    public static IEnumerable<Finding> Find(Examination examination)
    {
        var (environment, home) = (examination.Environment, examination.Place.Home);
        if (examination is { IsAtPreset: true, Provider: { Table: { } table, Preset: { KeyVariable: { } usual, IsKeyOptional: false } preset } } && !Ways.Any(table.Children.ContainsKey))
        {
            yield return new("W20", $"{preset.Name} wants a key, and the table of '{examination.Provider.Id}' names none",
                $"add the line {ConfigKeys.EnvKey} = \"{usual}\"", examination.PositionOf(table))
            {
                Repairs = [new TomlEdit.SetValue(ConfigKeys.Provider(examination.Provider.Id).Append(ConfigKeys.EnvKey), new TomlValue.String(usual))],
            };
        }

        if (examination.Provider is not { Table: not null, KeyVariable: { } variable } || KeyVariable.Fault(variable) is not null)
            yield break;
        var at = examination.PositionOf(ConfigKeys.EnvKey);
        var (inFile, inShell) = (KeyFile.Value(environment, home, variable), environment.Variable(variable));
        if (KeySource.Find(environment, home, variable) is null)
        {
            yield return new("E08", $"{variable} is not set in this shell, so Codex says: Missing environment variable: `{variable}`",
                $"codex-config env {examination.Provider.Id} says how to set it", at);
        }
        else if (inFile is { Length: > 0 } && inShell is not null && inFile != inShell)
        {
            yield return new("W13", $"{variable} has one value in this shell and another in {Path.Combine(home, KeyFile.Name)}, and Codex takes the file's",
                "remove or renew the line in the file", at);
        }
    }
}
