using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Profiles;

/// <summary>Makes a profile for a provider of the configuration.</summary>
internal static class ProfileAddition
{
    /// <param name="file">The profile's file.</param>
    /// <param name="config">The configuration below it.</param>
    /// <param name="provider">A provider of the configuration, or one inside Codex.</param>
    /// <param name="model">Null for the preset's default, else the configuration's.</param>
    public static ChangePlanning Plan(ConfigFile file, ConfigFile config, string provider, string? model)
    {
        var below = TomlDocument.Parse(config.Bytes.GetValueOrDefault());
        if (!below.IsValid)
            return ChangePlanning.OfDiagnostic(config, below, below.Diagnostics[0]);
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        if (UnknownProvider.Find(provider, config.Name, below, document) is { } unknown)
            return new ChangePlanning.Refused(unknown);

        var preset = PresetRegistry.All.FirstOrDefault(p => p.Id == provider);
        var root = RootKeys.Of(provider, model ?? preset?.DefaultModel, preset ?? PresetRegistry.Gateway, new AddProviderOptions());
        if (file.Facts is not null && root.Any(r => document.Find(TomlPath.Of(r.Key))?.ToValue().Equals(r.Value) != true))
        {
            return new ChangePlanning.Refused(new(ExitCodes.Conflict, $"{file.Name} is there already and says something else; nothing was written",
                $"codex-config use {provider} --profile {file.Name[..^ProfileFiles.Suffix.Length]} changes it"));
        }

        return ChangePlanning.OfEdits(file, document, [.. root.Select(r => new TomlEdit.SetValue(TomlPath.Of(r.Key), r.Value) { After = ConfigKeys.RootOrder })],
            [.. InheritedWindow.Notices(below, root)]);
    }
}

/// <summary>Says that a provider is nowhere.</summary>
internal static class UnknownProvider
{
    /// <returns>Null when one of the documents has the provider, or Codex has it built in.</returns>
    public static Refusal? Find(string id, string fileName, params ReadOnlySpan<TomlDocument> documents)
    {
        var known = new List<string>();
        foreach (var document in documents)
            known.AddRange((document.Find(TomlPath.Of(ConfigKeys.Providers)) as TableNode)?.Children.Keys ?? []);
        return ReservedIds.NeedsNoTable(id) || known.Contains(id)
            ? null
            : new(ExitCodes.Usage, $"{fileName} has no provider '{id}', but {string.Join(", ", known.Concat(ReservedIds.BuiltIn))}", "codex-config add-provider adds one");
    }
}
