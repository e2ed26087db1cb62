using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Providers;

/// <summary>What is written outside the provider's table.</summary>
internal static class RootKeys
{
    /// <param name="id">The provider that becomes the default.</param>
    /// <param name="model">As it is written; null to write none.</param>
    /// <param name="preset">Knows effort and context windows.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="windowOf">The vendor's own name of the model, when it differs.</param>
    public static ImmutableArray<KeyValuePair<string, TomlValue>> Of(string id, string? model, Preset preset, AddProviderOptions options, string? windowOf = null)
    {
        var keys = ImmutableArray.CreateBuilder<KeyValuePair<string, TomlValue>>();
        if (!options.NoDefault)
        {
            Add(ConfigKeys.ModelProvider, new TomlValue.String(id));
            if (model is not null)
                Add(ConfigKeys.Model, new TomlValue.String(model));
            if ((options.Effort ?? preset.Effort) is { } effort)
                Add(ConfigKeys.Effort, new TomlValue.String(effort));
            if (!options.NoContextWindow && (options.ContextWindow ?? preset.WindowOf(windowOf ?? model ?? "")) is { } window)
                Add(ConfigKeys.ContextWindow, new TomlValue.Integer(window));
        }

        if ((options.WebSearch ?? (options.MinimalTools ? "disabled" : null)) is { } search)
            Add(ConfigKeys.WebSearch, new TomlValue.String(search));
        return keys.ToImmutable();

        void Add(string key, TomlValue value) => keys.Add(KeyValuePair.Create(key, value));
    }

    /// <summary>With these Codex sends four plain functions instead of nine tools of several kinds (0.169).</summary>
    public static ImmutableArray<KeyValuePair<TomlPath, TomlValue>> Settings(AddProviderOptions options) => options.MinimalTools
        ?
        [
            KeyValuePair.Create(TomlPath.Of("agents", "enabled"), (TomlValue)new TomlValue.Boolean(false)),
            KeyValuePair.Create(TomlPath.Of("features", "goals"), (TomlValue)new TomlValue.Boolean(false)),
        ]
        : [];
}
