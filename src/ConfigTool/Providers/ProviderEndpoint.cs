using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Providers;

/// <summary>Where a provider is and how it gets its key, from the file or, for one inside Codex or not yet added, from its preset.</summary>
/// <param name="Id">The provider.</param>
/// <param name="Table">Its table; null when the file has none.</param>
/// <param name="Preset">The preset of that address or id, or null.</param>
/// <param name="BaseUrl">Null when nobody says.</param>
/// <param name="KeyVariable">The variable that holds the key, or null.</param>
internal sealed record ProviderEndpoint(string Id, TableNode? Table, Preset? Preset, string? BaseUrl, string? KeyVariable)
{
    /// <summary>What Codex uses when the file names no provider.</summary>
    public const string CodexDefault = "openai";

    /// <param name="document">The configuration.</param>
    /// <param name="id">The provider; null for the file's default.</param>
    public static ProviderEndpoint Find(TomlDocument document, string? id)
    {
        id ??= TextAt(document.Find(TomlPath.Of(ConfigKeys.ModelProvider))) ?? CodexDefault;
        var table = document.Find(ConfigKeys.Provider(id)) as TableNode;
        var url = TextOf(table, ConfigKeys.BaseUrl);
        // The address says more than the id, which anybody may choose.
        var preset = PresetRegistry.All.FirstOrDefault(p => p.BaseUrl is not null && p.BaseUrl.TrimEnd('/') == url?.TrimEnd('/'))
            ?? PresetRegistry.All.FirstOrDefault(p => p.BuiltInId == id || p.Id == id || (table is null && p.Name == id));
        return table is null
            ? new(id, null, preset, preset?.BaseUrl, preset is { IsKeyOptional: false } ? preset.KeyVariable : null)
            : new(id, table, preset, url, TextOf(table, ConfigKeys.EnvKey));
    }

    /// <summary>A text below a table, or null.</summary>
    public static string? TextOf(TableNode? table, string key) =>
        table is not null && table.Children.TryGetValue(key, out var node) ? TextAt(node) : null;

    public static string? TextAt(TomlNode? node) => (node?.ToValue() as TomlValue.String)?.Value;
}
