using System.Collections.Immutable;
using Codex.Agent.Projects;
using Codex.Toml;

namespace Codex.Agent.Configuration.Layers;

/// <summary>All layers laid over each other.</summary>
/// <param name="Merged">What is in force before the flags.</param>
/// <param name="Directories">Folders whose configuration counts, the weakest first: of the system, of the user, of the trusted project.</param>
internal sealed record ConfigLayers(SettingNode.Table Merged, Project Project, ImmutableArray<string> Directories)
{
    private const string FileName = "config.toml";
    private const string FolderName = ".codex";

    /// <param name="directory">The working directory, links resolved.</param>
    public static ConfigLayers Read(SettingsRequest request, Surroundings around, string home, string directory, SettingsFindings findings)
    {
        var overrides = request.Overrides
            .Select(o => OverrideArgument.Read(o, directory, findings))
            .OfType<SettingNode.Table>()
            .Aggregate(Empty("-c", directory), (all, next) => all.Under(next));
        var below = Empty("the defaults", directory);
        below = Over(below, ConfigFile.Read(Path.Combine(around.SystemDirectory, FileName), findings));
        if (!request.IgnoresUserConfig)
            below = Over(below, ConfigFile.Read(Path.Combine(home, FileName), findings));
        below = Over(below, ProfileLayer.Read(below, overrides, request.Profile, home, findings));

        var project = Project.Find(new SettingsSection(below.Under(overrides), TomlPath.Root, findings), directory, around);
        var folders = Ancestors.Between(project.Root, directory)
            .Select(d => Path.Combine(d, FolderName))
            .Where(d => d != home && Directory.Exists(d))
            .ToImmutableArray();
        if (project.Trust != ProjectTrust.Trusted)
        {
            foreach (var file in folders.Select(f => Path.Combine(f, FileName)).Where(File.Exists))
                findings.Warn($"{file} is left out: the project is not trusted. {project.TrustAdvice(home)}");
            folders = [];
        }

        foreach (var folder in folders)
        {
            if (ConfigFile.Read(Path.Combine(folder, FileName), findings) is { } table)
                below = below.Under(ProjectLayer.Allowed(table, findings));
        }

        return new ConfigLayers(below.Under(overrides), project, [around.SystemDirectory, home, .. folders]);
    }

    private static SettingNode.Table Over(SettingNode.Table below, SettingNode.Table? above) => above is null ? below : below.Under(above);

    private static SettingNode.Table Empty(string source, string directory) => new(SettingNode.Table.NoItems, new SettingOrigin(source, Line: null, directory));
}
