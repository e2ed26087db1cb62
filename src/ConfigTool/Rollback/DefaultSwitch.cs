using System.Collections.Immutable;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Profiles;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Rollback;

/// <summary>Makes another provider the default, with the model that was last used with it.</summary>
internal sealed class DefaultSwitch(OperationHistory history, string id, string? model)
{
    /// <summary>Codex's own default, which needs no setting.</summary>
    private const string CodexDefault = "openai";

    public ChangePlanning Plan(ConfigFile file)
    {
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        if (UnknownProvider.Find(id, file.Name, document) is { } unknown)
            return new ChangePlanning.Refused(unknown);
        return id == CodexDefault ? ToCodexDefault(file, document) : ToProvider(file, document, []);
    }

    /// <summary>In a profile, where Codex's own default has to be named as well, since the configuration below may have another one.</summary>
    public ChangePlanning PlanProfile(ConfigFile file, ConfigFile config)
    {
        var below = TomlDocument.Parse(config.Bytes.GetValueOrDefault());
        if (!below.IsValid)
            return ChangePlanning.OfDiagnostic(config, below, below.Diagnostics[0]);
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        if (UnknownProvider.Find(id, config.Name, below, document) is { } unknown)
            return new ChangePlanning.Refused(unknown);
        return ToProvider(file, document, InheritedWindow.Notices(below, Root(document, file.RealPath)));
    }

    /// <summary>What the provider in use brought along goes with it, and what those before it brought: back comes what was there with Codex's own.</summary>
    private ChangePlanning ToCodexDefault(ConfigFile file, TomlDocument document)
    {
        var notices = new List<Notice>();
        var edits = new List<TomlEdit>();
        var path = TomlPath.Of(ConfigKeys.ModelProvider);
        if (document.Find(path)?.ToValue() is TomlValue.String { Value: var current } && current != CodexDefault)
        {
            edits = [.. new ProviderRemoval(history, current, keepTable: true, force: false).DefaultEdits(document, file.RealPath, notices, before => before == CodexDefault)
                .Where(e => !e.Path.Equals(path) && (model is null || !e.Path.Equals(TomlPath.Of(ConfigKeys.Model))))];
            edits.Add(new TomlEdit.RemoveKey(path));
        }

        if (model is not null)
        {
            notices.RemoveAll(n => n.Code == ConfigKeys.Model || n.Position == PositionOfModel(document));
            edits.Add(new TomlEdit.SetValue(TomlPath.Of(ConfigKeys.Model), new TomlValue.String(model)) { After = ConfigKeys.RootOrder });
        }

        return ChangePlanning.OfEdits(file, document, [.. edits], [.. notices, .. LegacyProfiles.Notices(document)]);
    }

    private static LinePosition? PositionOfModel(TomlDocument document) =>
        document.Find(TomlPath.Of(ConfigKeys.Model)) is { } node ? MergePlanner.PositionOf(document, node) : null;

    private ChangePlanning ToProvider(ConfigFile file, TomlDocument document, IEnumerable<Notice> further)
    {
        var root = Root(document, file.RealPath);
        var notices = LegacyProfiles.Notices(document).ToList();
        if (root.All(r => r.Key != ConfigKeys.Model) && document.Find(TomlPath.Of(ConfigKeys.Model)) is { } kept)
            notices.Add(new("model", $"model = {ValueWriter.Write(kept.ToValue())} stays; name another one with --model", MergePlanner.PositionOf(document, kept)));
        var stale = StaleWindow.Of(document, history.Of(file.RealPath).Select(o => o.File), root);
        return ChangePlanning.OfEdits(file, document,
            [.. root.Select(r => new TomlEdit.SetValue(TomlPath.Of(r.Key), r.Value) { After = ConfigKeys.RootOrder }), .. stale.Edits], [.. notices, .. stale.Notices, .. further]);
    }

    private ImmutableArray<KeyValuePair<string, TomlValue>> Root(TomlDocument document, string realPath)
    {
        var isCurrent = document.Find(TomlPath.Of(ConfigKeys.ModelProvider))?.ToValue() is TomlValue.String current && current.Value == id;
        var preset = PresetRegistry.All.FirstOrDefault(p => p.Id == id);
        var used = isCurrent ? [] : LastUsed(realPath);
        var chosen = model ?? (used.GetValueOrDefault(ConfigKeys.Model) as TomlValue.String)?.Value ?? (isCurrent ? null : preset?.DefaultModel);
        var root = RootKeys.Of(id, chosen, preset ?? PresetRegistry.Gateway, new AddProviderOptions());
        var isSameModel = model is null || used.GetValueOrDefault(ConfigKeys.Model)?.Equals(new TomlValue.String(model)) == true;
        foreach (var key in (string[])[ConfigKeys.Effort, ConfigKeys.ContextWindow])
        {
            if (isSameModel && used.TryGetValue(key, out var value))
                root = [.. root.Where(r => r.Key != key), KeyValuePair.Create(key, value)];
        }

        return isCurrent && model is null ? [root[0]] : root;
    }

    /// <summary>Root keys that were written the last time this provider was added or chosen.</summary>
    private ImmutableDictionary<string, TomlValue> LastUsed(string realPath) =>
        history.Of(realPath).Where(o => o.Operation.Provider == id).Reverse()
            .SelectMany(o => o.File.Values).Where(v => v.Path.Length == 1 && v.After is not null)
            .GroupBy(v => v.Path[0], StringComparer.Ordinal)
            .ToImmutableDictionary(g => g.Key, g => FileRecords.ValueOf(g.Last().After)!, StringComparer.Ordinal);
}
