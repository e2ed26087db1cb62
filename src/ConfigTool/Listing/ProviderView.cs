using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Listing;

/// <summary>A key of a provider's table as it is shown.</summary>
internal sealed record ProviderSetting(string Key, string Value, int Line);

/// <summary>A provider as the configuration has it.</summary>
/// <param name="Id">Key below <c>model_providers</c>.</param>
/// <param name="IsBuiltIn">Codex has it without a table.</param>
/// <param name="IsDefault">It is the one Codex starts with.</param>
/// <param name="Line">Where its table begins; null when there is none.</param>
/// <param name="BaseUrl">Null when it says none.</param>
/// <param name="Auth">How it gets its key.</param>
/// <param name="KeyVariable">The variable, when that is how.</param>
/// <param name="Settings">All keys, secrets masked.</param>
internal sealed record ProviderView(
    string Id,
    bool IsBuiltIn,
    bool IsDefault,
    int? Line,
    string? BaseUrl,
    string Auth,
    string? KeyVariable,
    ImmutableArray<ProviderSetting> Settings)
{
    private const string CodexDefault = "openai";

    /// <summary>Those inside Codex first, then the file's in its order.</summary>
    public static ImmutableArray<ProviderView> All(ReadConfig config)
    {
        var document = config.Document;
        var chosen = (document.Find(TomlPath.Of(ConfigKeys.ModelProvider))?.ToValue() as TomlValue.String)?.Value ?? CodexDefault;
        var tables = document.Find(TomlPath.Of(ConfigKeys.Providers)) as TableNode;
        return
        [
            .. ReservedIds.BuiltIn.Where(id => tables?.Children.ContainsKey(id) != true)
                .Select(id => new ProviderView(id, true, id == chosen, null, null, "built in", null, [])),
            .. (tables?.Children ?? new Dictionary<string, TomlNode>(StringComparer.Ordinal)).Select(t => Of(document, t.Key, t.Value, t.Key == chosen)),
        ];
    }

    private static ProviderView Of(TomlDocument document, string id, TomlNode node, bool isDefault)
    {
        var table = (node as TableNode)?.Children ?? new Dictionary<string, TomlNode>(StringComparer.Ordinal);
        var variable = Text(ConfigKeys.EnvKey);
        var auth = variable is not null ? $"variable {SecretMask.Line(variable)}"
            : table.ContainsKey(ConfigKeys.Auth) ? "command"
            : table.ContainsKey(ConfigKeys.BearerToken) ? "token in the file"
            : table.TryGetValue("requires_openai_auth", out var login) && login.ToValue() is TomlValue.Boolean { Value: true } ? "codex login"
            : "none";
        return new(id, false, isDefault, MergePlanner.PositionOf(document, node).Line, Text(ConfigKeys.BaseUrl), auth, variable,
            [.. table.Select(k => new ProviderSetting(k.Key, Printable.Line(SecretMask.Value(k.Key, k.Value.ToValue())), MergePlanner.PositionOf(document, k.Value).Line))]);

        string? Text(string key) => table.TryGetValue(key, out var value) && value.ToValue() is TomlValue.String text ? text.Value : null;
    }
}
