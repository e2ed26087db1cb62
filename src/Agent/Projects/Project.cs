using System.Collections.Immutable;
using Codex.Agent.Configuration;
using Codex.Agent.Paths;
using Codex.Toml;

namespace Codex.Agent.Projects;

/// <summary>What surrounds the working directory.</summary>
/// <param name="Root">The nearest directory from the working directory up that has a marker of a project; else the working directory.</param>
/// <param name="Trust">As the user's configuration says for the directory, its root, or the main work tree.</param>
internal sealed record Project(string Root, ProjectTrust Trust)
{
    private const string TrustKey = "projects";

    /// <param name="settings">Without what the project itself says: it cannot speak for itself.</param>
    /// <param name="directory">Absolute, links resolved.</param>
    public static Project Find(SettingsSection settings, string directory, Surroundings around)
    {
        var markers = settings.Texts("project_root_markers") is { IsDefault: false } written ? written : [".git"];
        var root = Ancestors.NearestWith(directory, markers) ?? directory;
        ImmutableArray<string?> places = [directory, root, GitRepository.FindRoot(directory) is { } git ? GitRepository.MainRoot(git) ?? git : null];
        return new Project(root, settings.Section(TrustKey) is { } projects ? Decision(projects, places, around) : ProjectTrust.Undecided);
    }

    private static ProjectTrust Decision(SettingsSection projects, ImmutableArray<string?> places, Surroundings around)
    {
        foreach (var place in places)
        {
            foreach (var (name, node) in projects.Table.Items)
            {
                if (place is null || RealPath.Of(around.Absolute(name, node.Origin.Directory)) != place)
                    continue;
                var decision = projects.Section(name)?.Choice<ProjectTrust>("trust_level", ("trusted", ProjectTrust.Trusted), ("untrusted", ProjectTrust.Untrusted));
                if (decision is not null)
                    return decision.Value;
            }
        }

        return ProjectTrust.Undecided;
    }

    /// <summary>The line that trusts this project, for messages.</summary>
    public string TrustAdvice(string codexHome) =>
        $"To trust it, add [{TomlPath.Of(TrustKey, Root)}] with trust_level = \"trusted\" to {Path.Combine(codexHome, "config.toml")}.";
}
