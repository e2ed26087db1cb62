using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Layers;

/// <summary>Finds the layers as Codex 0.169 does.</summary>
internal static class ConfigLayers
{
    public const string ProjectFolder = ".codex";
    private const string ManagedFile = "managed_config.toml";
    private const string Projects = "projects";
    private const string Trust = "trust_level";
    private const string RootMarkers = "project_root_markers";

    /// <summary>The file of the whole machine, when it is there.</summary>
    public static ConfigLayer? System(ToolEnvironment environment) => Read(environment, LayerKind.System, Path.Combine(environment.SystemFolder, CodexHome.FileName));

    /// <summary>The file above all others, when it is there.</summary>
    public static ConfigLayer? Managed(ToolEnvironment environment) => Read(environment, LayerKind.Managed, Path.Combine(environment.SystemFolder, ManagedFile));

    /// <summary>Files of the project's folders, from its root down to a folder; a file is read when its folder or the root is trusted.</summary>
    /// <param name="environment">The system.</param>
    /// <param name="user">The user's configuration, which says what is trusted.</param>
    /// <param name="userFile">Its path: the user's own directory is no project.</param>
    /// <param name="folder">Where Codex starts.</param>
    public static ImmutableArray<ConfigLayer> OfProject(ToolEnvironment environment, TomlDocument user, string userFile, string folder)
    {
        var upwards = Upwards(folder).ToList();
        var root = upwards.Find(f => Markers(user).Any(m => Path.Exists(Path.Combine(f, m)))) ?? folder;
        var layers = ImmutableArray.CreateBuilder<ConfigLayer>();
        foreach (var place in upwards.Take(upwards.IndexOf(root) + 1).Reverse())
        {
            var path = Path.Combine(place, ProjectFolder, CodexHome.FileName);
            if (path != userFile && Read(environment, LayerKind.Project, path) is { } layer && layer.File.RealPath != userFile)
                layers.Add(layer with { IsRead = IsTrusted(user, place) || IsTrusted(user, root) });
        }

        return layers.ToImmutable();
    }

    /// <summary>A file as a layer; null when it is not there or cannot be read.</summary>
    public static ConfigLayer? Read(ToolEnvironment environment, LayerKind kind, string path) =>
        ConfigFileReader.Read(environment.Files, path) is FileReading.Done { File: { Bytes: { } bytes } file } ? new(kind, file, TomlDocument.Parse(bytes)) : null;

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }

    private static IEnumerable<string> Markers(TomlDocument user) =>
        user.Find(TomlPath.Of(RootMarkers))?.ToValue() is TomlValue.Array markers ? markers.Items.OfType<TomlValue.String>().Select(m => m.Value) : [".git"];

    private static bool IsTrusted(TomlDocument user, string folder) =>
        ProviderEndpoint.TextOf(user.Find(TomlPath.Of(Projects, folder)) as TableNode, Trust) == "trusted";
}
