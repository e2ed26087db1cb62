using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;

namespace Codex.ConfigTool.Profiles;

/// <summary>Removes a profile: its file, or its table in the configuration.</summary>
internal static class ProfileRemoval
{
    public static ChangePlanning OfFile(ConfigFile file) => file.IsLink
        ? new ChangePlanning.Refused(new(ExitCodes.CannotWrite, $"{file.Path} is a link to {file.RealPath}", $"remove the link yourself: rm '{file.Path}'"))
        : ChangePlanning.OfText(file, after: null, []);

    /// <summary>Takes <c>profile</c> with it when that chose it.</summary>
    public static ChangePlanning OfTable(ConfigFile config, string name)
    {
        var document = TomlDocument.Parse(config.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(config, document, document.Diagnostics[0]);
        var edits = new List<TomlEdit> { new TomlEdit.RemoveTable(TomlPath.Of(ConfigKeys.Profiles, name)) };
        var chosen = TomlPath.Of(ConfigKeys.Profile);
        if (ProviderEndpoint.TextAt(document.Find(chosen)) == name)
            edits.Add(new TomlEdit.RemoveKey(chosen));
        return ChangePlanning.OfEdits(config, document, [.. edits], []);
    }
}
