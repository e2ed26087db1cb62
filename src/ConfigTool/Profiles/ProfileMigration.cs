using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Profiles;

/// <summary>Moves a table <c>[profiles.NAME]</c> into a file of its own, comments and spelling included.</summary>
internal sealed class ProfileMigration(string name)
{
    private readonly TomlPath _path = TomlPath.Of(ConfigKeys.Profiles, name);

    /// <summary>The new file.</summary>
    public ChangePlanning PlanFile(ConfigFile file, ConfigFile config)
    {
        var (document, refusal) = Read(config);
        if (document is null)
            return refusal!;
        if (TableExtraction.Of(document, _path) is not { } moved)
        {
            return new ChangePlanning.Refused(new(ExitCodes.InternalCheck, $"{config.Name}: [{_path}] could not be moved without changing what it means; nothing was written",
                "please report this with the file, secrets removed"));
        }

        if (file.Bytes is not { } there)
            return ChangePlanning.OfText(file, moved.Bytes, []);
        var present = TomlDocument.Parse(there);
        return present.IsValid && present.ToValue().Equals(moved.ToValue())
            ? ChangePlanning.OfText(file, there, [])
            : new ChangePlanning.Refused(new(ExitCodes.Conflict, $"{file.Path} is there already and says something else; nothing was written", $"move it away, or take what you need from [{_path}] by hand"));
    }

    /// <summary>The configuration without the table, and without <c>profile</c> when that chose it.</summary>
    public ChangePlanning PlanConfig(ConfigFile config)
    {
        var (document, refusal) = Read(config);
        if (document is null)
            return refusal!;
        var edits = new List<TomlEdit> { new TomlEdit.RemoveTable(_path) { WithCommentsAbove = true } };
        var notices = new List<Notice> { new("profile", $"use it with: codex -p {name}") };
        var chosen = TomlPath.Of(ConfigKeys.Profile);
        if (ProviderEndpoint.TextAt(document.Find(chosen)) == name)
        {
            edits.Add(new TomlEdit.RemoveKey(chosen));
            notices.Add(new("profile-chosen", $"profile = \"{name}\" goes as well, since it stops Codex 0.134 and later from starting; codex without -p now runs without the profile"));
        }

        return ChangePlanning.OfEdits(config, document, [.. edits], [.. notices]);
    }

    private (TomlDocument? Document, ChangePlanning.Refused? Refusal) Read(ConfigFile config)
    {
        var document = TomlDocument.Parse(config.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return (null, ChangePlanning.OfDiagnostic(config, document, document.Diagnostics[0]));
        return document.Find(_path) is TableNode
            ? (document, null)
            : (null, new(new(ExitCodes.Usage, $"{config.Name} has no [{_path}]", "codex-config profiles list shows those there are")));
    }
}
