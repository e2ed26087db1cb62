using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Profiles;

/// <param name="Name">For <c>codex -p</c>.</param>
/// <param name="IsLegacy">A table <c>[profiles.NAME]</c> in config.toml, which Codex 0.134 and later pass over.</param>
/// <param name="Provider">Null when the profile names none.</param>
/// <param name="Model">Null when the profile names none.</param>
/// <param name="IsValid">It can be read and is TOML.</param>
internal sealed record Profile(string Name, bool IsLegacy, string? Provider, string? Model, bool IsValid)
{
    /// <summary>Those in files first, then those in the configuration.</summary>
    public static ImmutableArray<Profile> All(FileSystem files, string home, TomlDocument? config) =>
        [.. ProfileFiles.Names(files, home).Select(n => Read(files, home, n)), .. config is null ? [] : Legacy(config)];

    public static Profile Of(string name, TomlDocument document) =>
        new(name, IsLegacy: false, TextAt(document, ConfigKeys.ModelProvider), TextAt(document, ConfigKeys.Model), IsValid: true);

    public static IEnumerable<Profile> Legacy(TomlDocument config) =>
        config.Find(TomlPath.Of(ConfigKeys.Profiles)) is TableNode profiles
            ? profiles.Children.Where(p => p.Value is TableNode).Select(p => new Profile(p.Key, IsLegacy: true,
                ProviderEndpoint.TextOf((TableNode)p.Value, ConfigKeys.ModelProvider), ProviderEndpoint.TextOf((TableNode)p.Value, ConfigKeys.Model), IsValid: true))
            : [];

    private static Profile Read(FileSystem files, string home, string name) =>
        ConfigFileReader.Read(files, ProfileFiles.PathOf(home, name)) is FileReading.Done { File: var file }
            && TomlDocument.Parse(file.Bytes.GetValueOrDefault()) is { IsValid: true } document
            ? Of(name, document)
            : new(name, IsLegacy: false, null, null, IsValid: false);

    private static string? TextAt(TomlDocument document, string key) => ProviderEndpoint.TextAt(document.Find(TomlPath.Of(key)));
}
