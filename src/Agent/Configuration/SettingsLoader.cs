using Codex.Agent.Configuration.Features;
using Codex.Agent.Configuration.Layers;
using Codex.Agent.Configuration.Providers;
using Codex.Agent.Memory;
using Codex.Agent.Paths;
using Codex.Agent.Projects;
using Codex.Agent.Skills;
using Codex.Toml;

namespace Codex.Agent.Configuration;

/// <summary>Resolves the settings of a thread from all layers. Reads files and changes nothing.</summary>
public sealed class SettingsLoader(Surroundings surroundings, TimeProvider time)
{
    /// <summary>Codex's default of <c>background_terminal_max_timeout</c>, in milliseconds.</summary>
    private const int DefaultLongestLook = 300_000;

    public SettingsLoaded Load(SettingsRequest request)
    {
        var findings = new SettingsFindings();
        var directory = surroundings.Absolute(request.Directory ?? surroundings.CurrentDirectory, surroundings.CurrentDirectory);
        if (!Directory.Exists(directory))
            findings.Fault($"The working directory {directory} does not exist; create it, or name another one with -C");
        if (CodexHome.Find(surroundings, findings) is not { } home || findings.Faults.Count > 0)
            return Refused(findings);
        directory = RealPath.Of(directory);
        var around = surroundings with { Environment = DotEnv.Add(surroundings.Environment, Path.Combine(home, ".env"), findings) };
        var requirements = Requirements.Read(around, findings);
        var layers = ConfigLayers.Read(request, around, home, directory, findings);
        if (findings.Faults.Count > 0)
            return Refused(findings);
        var root = new SettingsSection(layers.Merged, TomlPath.Root, findings);
        KnownKeys.Check(root, request.Strict);
        var settings = Resolve(request, around, home, directory, requirements, layers, root);
        return findings.Faults.Count > 0 ? Refused(findings) : new SettingsLoaded.Ready(settings with { Warnings = [.. findings.Warnings] });
    }

    private AgentSettings Resolve(
        SettingsRequest request, Surroundings around, string home, string directory, Requirements requirements, ConfigLayers layers, SettingsSection root)
    {
        var findings = root.Findings;
        var provider = ProviderChoice.Make(request, root, new ProviderSources(around, home, time, findings));
        var trust = layers.Project.Trust;
        var mode = requirements.Restrict(SandboxSettings.Mode(request, root, trust, directory), findings);
        var sandbox = SandboxSettings.Policy(mode, request, root, around, directory, home);
        OtherSpellings.Check(root);
        var (instructions, isOfProject) = ProjectInstructions.Read(root, home, layers.Project, directory);
        return new AgentSettings
        {
            CodexHome = home,
            WorkingDirectory = directory,
            ProjectRoot = layers.Project.Root,
            ConfigurationDirectories = request.IgnoresRules ? [around.SystemDirectory] : layers.Directories,
            Model = request.Model ?? provider.Model ?? root.Text("model"),
            Endpoint = provider.Endpoint,
            Overrides = ModelSettings.Read(root),
            Catalog = ModelCatalog.Read(root, around),
            Approval = requirements.Restrict(ApprovalSettings.Read(request, root, trust), request.IsExec, findings),
            Sandbox = sandbox,
            Trust = trust,
            Requirements = requirements,
            CommandEnvironment = CommandEnvironment.Read(root, around, provider.SecretVariables, sandbox.AllowsNetwork),
            Variable = around.Variable,
            BaseInstructions = root.FileText("model_instructions_file", around) ?? root.FileText("experimental_instructions_file", around) ?? root.Text("instructions"),
            DeveloperInstructions = root.Text("developer_instructions"),
            ProjectInstructions = instructions,
            HasProjectFiles = isOfProject,
            Skills = SkillDiscovery.Find(root, around, home, layers.Project, directory),
            Memory = MemoryFile.Read(root, home),
            CompactPrompt = root.FileText("experimental_compact_prompt_file", around) ?? root.Text("compact_prompt"),
            ReasoningSummary = Summary(root),
            HidesReasoning = root.Flag("hide_agent_reasoning") ?? false,
            ShowsRawReasoning = root.Flag("show_raw_agent_reasoning") ?? false,
            Notify = root.Texts("notify") is { IsDefaultOrEmpty: false } words ? words : [],
            Features = FeatureSet.Read(root, request),
            TellsPermissions = root.Flag("include_permissions_instructions") ?? true,
            TellsEnvironment = root.Flag("include_environment_context") ?? true,
            OffersPlan = root.Section("tools")?.Section("update_plan")?.Flag("enabled") ?? true,
            OutputLimit = root.Number("tool_output_token_limit", 1),
            LongestLook = TimeSpan.FromMilliseconds(root.Number("background_terminal_max_timeout", 1) ?? DefaultLongestLook),
            AllowsLoginShell = requirements.AllowsLoginShell && (root.Flag("allow_login_shell") ?? true),
            KeepsNoHistory = root.Section("history")?.Choice("persistence", ("save-all", false), ("none", true)) ?? false,
            // Providers may hold keys, and are resolved already.
            Merged = MergedJson.Write(layers.Merged.Without("model_providers")),
        };
    }

    private static string? Summary(SettingsSection root) =>
        root.Choice("model_reasoning_summary", ("auto", 'a'), ("concise", 'c'), ("detailed", 'd'), ("none", 'n')) is 'n' ? null : root.Text("model_reasoning_summary") ?? "auto";

    private static SettingsLoaded.Refused Refused(SettingsFindings findings) => new(string.Join('\n', findings.Faults));
}
