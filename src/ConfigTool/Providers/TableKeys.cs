using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Providers;

/// <summary>The keys of a provider's table in the order they are written.</summary>
internal static class TableKeys
{
    public static ImmutableArray<ProviderKey> Of(string id, string url, string? keyVariable, Preset preset, AddProviderOptions options)
    {
        var keys = ImmutableArray.CreateBuilder<ProviderKey>();
        keys.Add(Text(ConfigKeys.Name, options.Name ?? id, options.Name is null ? KeyAuthority.Yield : KeyAuthority.Replace));
        keys.Add(Text(ConfigKeys.BaseUrl, url, KeyAuthority.Settle));
        keys.Add(Text(ConfigKeys.WireApi, ConfigKeys.Responses, KeyAuthority.Settle));
        if (keyVariable is not null)
            keys.Add(Text(ConfigKeys.EnvKey, keyVariable, KeyAuthority.Settle));
        if (options.AuthCommand is [var command, .. var arguments])
            keys.Add(new(TomlPath.Of(ConfigKeys.Auth), Auth(command, arguments), KeyAuthority.Settle));
        if (options.HasCodexCatalogue ?? preset.HasCodexCatalogue)
            keys.Add(Text(ConfigKeys.CatalogueUrl, $"{url.TrimEnd('/')}/models", options.HasCodexCatalogue is null ? KeyAuthority.Yield : KeyAuthority.Replace));
        foreach (var (key, number) in preset.Numbers)
            keys.Add(new(TomlPath.Of(key), new TomlValue.Integer(number), KeyAuthority.Yield));
        foreach (var argument in options.Set)
        {
            var setting = SettingArgument.Read(argument);
            keys.RemoveAll(k => k.Path.Equals(setting.Path));
            keys.Add(setting);
        }

        return keys.ToImmutable();
    }

    private static ProviderKey Text(string key, string value, KeyAuthority authority) => new(TomlPath.Of(key), new TomlValue.String(value), authority);

    private static TomlValue.Table Auth(string command, ImmutableArray<string> arguments)
    {
        var pairs = ImmutableArray.Create(KeyValuePair.Create("command", (TomlValue)new TomlValue.String(command)));
        if (arguments.Length > 0)
            pairs = pairs.Add(KeyValuePair.Create("args", (TomlValue)new TomlValue.Array([.. arguments.Select(a => new TomlValue.String(a))])));
        return new(pairs);
    }
}
