using System.Collections.Immutable;
using Codex.Agent.Configuration;
using Codex.Agent.Configuration.Layers;
using Codex.Agent.Paths;
using Codex.Agent.Projects;
using Codex.Toml.Values;

namespace Codex.Agent.Skills;

/// <summary>Looks for skills in the places Codex looks in. Of two with one name the first counts.</summary>
internal static class SkillDiscovery
{
    private const int Deepest = 6;
    private const int MostDirectories = 2000;

    /// <param name="directory">The working directory.</param>
    public static SkillSet Find(SettingsSection settings, Surroundings around, string home, Project project, string directory)
    {
        var section = settings.SectionOrEmpty("skills");
        var hidden = Hidden(section, around);
        var isListed = section.Flag("include_instructions") ?? true;
        // Codex's own skills are made for its services and models; ours to list them only when asked.
        var listsBundled = section.Section("bundled")?.Flag("enabled") ?? false;
        var found = new Dictionary<string, Skill>(StringComparer.Ordinal);
        foreach (var (root, isBundled) in Roots(around, home, project, directory))
        {
            foreach (var file in Files(root, home))
            {
                if (SkillFile.Read(file, root, isListed && (!isBundled || listsBundled), settings.Findings) is not { } skill)
                    continue;
                if (!hidden.Contains(skill.Name) && !hidden.Contains(skill.File))
                    found.TryAdd(skill.Name, skill);
            }
        }

        return new SkillSet([.. found.Values]) { MostTokens = section.Number("max_context_tokens", 1) };
    }

    private static IEnumerable<(string Root, bool IsBundled)> Roots(Surroundings around, string home, Project project, string directory)
    {
        IEnumerable<string> folders = project.Trust == ProjectTrust.Untrusted ? [] : Ancestors.Between(project.Root, directory).Reverse();
        IEnumerable<string> ours = folders.SelectMany(f => (IEnumerable<string>)[Path.Combine(f, ".codex", "skills"), Path.Combine(f, ".agents", "skills")]);
        string[] users = [Path.Combine(home, "skills"), Path.Combine(around.UserHome, ".agents", "skills")];
        var system = Path.Combine(around.SystemDirectory, "skills");
        // A project that nobody decided about may add skills, but not put its own in place of the user's.
        var ordered = project.Trust == ProjectTrust.Trusted ? [.. ours, .. users, system] : (IEnumerable<string>)[.. users, system, .. ours];
        return ordered.Distinct(StringComparer.Ordinal).Select(r => (r, false)).Append((Path.Combine(home, "skills", ".system"), true));
    }

    /// <summary>In the order of their names; links to directories are followed, each place is entered once.</summary>
    private static List<string> Files(string root, string home)
    {
        var files = new List<string>();
        var entered = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<(string Directory, int Depth)>([(root, 0)]);
        while (waiting.TryDequeue(out var next) && entered.Count < MostDirectories)
        {
            if (!entered.Add(RealPath.Of(next.Directory)))
                continue;
            if (Path.Combine(next.Directory, SkillFile.Name) is var file && File.Exists(file))
                files.Add(file);
            if (next.Depth == Deepest)
                continue;
            foreach (var inner in DirectoriesOf(next.Directory))
            {
                // The bundled ones are a root of their own.
                if (!Path.GetFileName(inner).StartsWith('.') || next.Depth > 0 || root != Path.Combine(home, "skills"))
                    waiting.Enqueue((inner, next.Depth + 1));
            }
        }

        return files;
    }

    private static IEnumerable<string> DirectoriesOf(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetDirectories(directory).Order(StringComparer.Ordinal) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Names and files that <c>[[skills.config]]</c> turns off; the last entry about one counts.</summary>
    private static HashSet<string> Hidden(SettingsSection section, Surroundings around)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        if (section.Find("config") is not { } node)
            return hidden;
        if (node is not SettingNode.Leaf { Value: TomlValue.Array { Items: var entries } })
        {
            section.Findings.Fault(node.Origin, section.PathOf("config"), "must be an array of tables, as [[skills.config]] makes it");
            return hidden;
        }

        foreach (var entry in entries.OfType<TomlValue.Table>().Select(t => t.ToDictionary()))
        {
            if (entry.GetValueOrDefault("enabled") is not TomlValue.Boolean { Value: var isEnabled })
            {
                section.Findings.Fault(node.Origin, section.PathOf("config"), "has an entry without enabled; write enabled = false");
                continue;
            }

            IEnumerable<string?> marks = [(entry.GetValueOrDefault("name") as TomlValue.String)?.Value, FileOf(entry.GetValueOrDefault("path"), node.Origin, around)];
            foreach (var mark in marks.OfType<string>())
                _ = isEnabled ? hidden.Remove(mark) : hidden.Add(mark);
        }

        return hidden;
    }

    private static string? FileOf(TomlValue? path, SettingOrigin origin, Surroundings around)
    {
        if (path is not TomlValue.String { Value: var written })
            return null;
        var absolute = around.Absolute(written, origin.Directory);
        return Path.GetFileName(absolute) == SkillFile.Name ? absolute : Path.Combine(absolute, SkillFile.Name);
    }
}
