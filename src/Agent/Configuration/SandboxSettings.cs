using Codex.Agent.Paths;
using Codex.Agent.Projects;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Configuration;

/// <summary>What commands and edits may touch.</summary>
internal static class SandboxSettings
{
    private const string ModeKey = "sandbox_mode";
    private const string WorkspaceKey = "sandbox_workspace_write";
    private const string CommonTemporary = "/tmp";
    private const string TemporaryVariable = "TMPDIR";

    private static readonly (string Word, SandboxMode Value)[] Modes =
    [
        ("read-only", SandboxMode.ReadOnly),
        ("workspace-write", SandboxMode.WorkspaceWrite),
        ("danger-full-access", SandboxMode.FullAccess),
    ];

    public static SandboxMode? OfWord(string word)
    {
        foreach (var (known, value) in Modes)
        {
            if (known == word)
                return value;
        }

        return null;
    }

    /// <summary>
    /// The flags, then the files. When nothing is said (ours): workspace-write in a git repository, where changes can be
    /// taken back, and in a trusted project; read-only elsewhere and where the project is not trusted.
    /// </summary>
    public static SandboxMode Mode(SettingsRequest request, SettingsSection settings, ProjectTrust trust, string directory)
    {
        var configured = settings.Choice(ModeKey, Modes) ?? Profile(settings);
        if (request.BypassesAll)
            return SandboxMode.FullAccess;
        if (request.FullAuto)
        {
            settings.Findings.Warn("--full-auto is an older spelling of -s workspace-write -a on-request");
            return SandboxMode.WorkspaceWrite;
        }

        if (request.SandboxMode is { } word)
        {
            if (OfWord(word) is { } flag)
                return flag;
            settings.Findings.Fault($"-s is \"{word}\"; write one of: {string.Join(", ", Modes.Select(m => m.Word))}");
        }

        return configured ?? trust switch
        {
            ProjectTrust.Trusted => SandboxMode.WorkspaceWrite,
            ProjectTrust.Undecided when GitRepository.FindRoot(directory) is not null => SandboxMode.WorkspaceWrite,
            _ => SandboxMode.ReadOnly,
        };
    }

    public static SandboxPolicy Policy(SandboxMode mode, SettingsRequest request, SettingsSection settings, Surroundings around, string directory, string codexHome)
    {
        var workspace = settings.SectionOrEmpty(WorkspaceKey);
        if (workspace.Find("read_only_access") is { } reading)
            settings.Findings.Warn(reading.Origin, workspace.PathOf("read_only_access"), "has no effect: commands can read every file the user can");
        if (settings.Find("sandbox_permissions") is { } permissions)
            settings.Findings.Warn(permissions.Origin, settings.PathOf("sandbox_permissions"), "is an older spelling and has no effect; use sandbox_mode and [sandbox_workspace_write]");
        var added = request.AddedDirectories.Select(d => Existing(around.Absolute(d, directory), "--add-dir", settings.Findings)).OfType<string>().ToList();
        if (mode == SandboxMode.ReadOnly && added.Count > 0)
            settings.Findings.Warn("--add-dir has no effect in the read-only sandbox; add -s workspace-write");
        return mode switch
        {
            SandboxMode.ReadOnly => SandboxPolicy.ReadOnly,
            SandboxMode.FullAccess => SandboxPolicy.FullAccess,
            SandboxMode.WorkspaceWrite => new SandboxPolicy(
                mode,
                [.. new[] { directory }.Concat(added).Concat(Configured(workspace, around)).Concat(Temporary(workspace, around)).Distinct(StringComparer.Ordinal)],
                workspace.Flag("network_access") ?? false)
            {
                // Rules and configuration in there decide what runs without a sandbox.
                ProtectedPaths = [codexHome],
            },
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, message: null),
        };
    }

    /// <summary>Codex's named permissions; its own three are the three modes.</summary>
    private static SandboxMode? Profile(SettingsSection settings)
    {
        const string Key = "default_permissions";
        switch (settings.Text(Key))
        {
            case null:
                return null;
            case ":read-only":
                return SandboxMode.ReadOnly;
            case ":workspace":
                return SandboxMode.WorkspaceWrite;
            case ":danger-full-access":
                return SandboxMode.FullAccess;
            default:
                settings.Findings.Warn(settings.Find(Key)!.Origin, settings.PathOf(Key), "names permissions of the user's own, which are not read: the sandbox is read-only. Set sandbox_mode to choose another.");
                return SandboxMode.ReadOnly;
        }
    }

    private static IEnumerable<string> Configured(SettingsSection workspace, Surroundings around)
    {
        if (workspace.Texts("writable_roots") is not { IsDefault: false } roots)
            yield break;
        var origin = workspace.Find("writable_roots")!.Origin;
        foreach (var root in roots)
        {
            var path = around.Absolute(root, origin.Directory);
            if (Directory.Exists(path))
                yield return RealPath.Of(path);
            else
                workspace.Findings.Warn(origin, workspace.PathOf("writable_roots"), $"names {path}, which is no directory; it is left out");
        }
    }

    private static IEnumerable<string> Temporary(SettingsSection workspace, Surroundings around)
    {
        if (workspace.Flag("exclude_slash_tmp") is not true && Directory.Exists(CommonTemporary))
            yield return RealPath.Of(CommonTemporary);
        // A variable that names the whole disk would open it.
        if (workspace.Flag("exclude_tmpdir_env_var") is not true && around.Variable(TemporaryVariable) is { } named
            && Path.IsPathRooted(named) && Directory.Exists(named) && RealPath.Of(named) is var real && real != Path.GetPathRoot(real))
            yield return real;
    }

    private static string? Existing(string path, string place, SettingsFindings findings)
    {
        if (Directory.Exists(path))
            return RealPath.Of(path);
        findings.Fault($"{place} names {path}, which is no directory; create it, or leave it out");
        return null;
    }
}
