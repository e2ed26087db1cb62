using System.Collections.Immutable;

namespace Codex.Agent.Configuration;

/// <summary>What the command line says of the settings; null and empty leave them to the files.</summary>
public sealed record SettingsRequest
{
    /// <summary>As given to <c>-C</c>; null is the current directory.</summary>
    public string? Directory { get; init; }

    public string? Model { get; init; }

    /// <summary>Name after <c>-p</c>.</summary>
    public string? Profile { get; init; }

    /// <summary><c>key=value</c> after <c>-c</c>, in their order.</summary>
    public ImmutableArray<string> Overrides { get; init; } = [];

    /// <summary>As given to <c>-s</c>.</summary>
    public string? SandboxMode { get; init; }

    /// <summary>As given to <c>-a</c>.</summary>
    public string? ApprovalPolicy { get; init; }

    public ImmutableArray<string> AddedDirectories { get; init; } = [];

    /// <summary><c>--full-auto</c>: workspace-write, asking on request.</summary>
    public bool FullAuto { get; init; }

    /// <summary><c>--dangerously-bypass-approvals-and-sandbox</c>.</summary>
    public bool BypassesAll { get; init; }

    /// <summary><c>--oss</c>: a server of this machine.</summary>
    public bool Oss { get; init; }

    /// <summary>As given to <c>--local-provider</c>.</summary>
    public string? LocalProvider { get; init; }

    /// <summary>Nobody can be asked: the approval policy is never, whatever the files say.</summary>
    public bool IsExec { get; init; }

    public bool IgnoresUserConfig { get; init; }

    /// <summary>Leaves out the rules about commands of the user and the project; those of the machine stay.</summary>
    public bool IgnoresRules { get; init; }

    /// <summary>After <c>--enable</c>.</summary>
    public ImmutableArray<string> EnabledFeatures { get; init; } = [];

    /// <summary>After <c>--disable</c>.</summary>
    public ImmutableArray<string> DisabledFeatures { get; init; } = [];

    public bool Strict { get; init; }

    /// <summary>What was said before a subcommand holds where nothing was said behind it.</summary>
    public SettingsRequest Over(SettingsRequest before) => this with
    {
        Directory = Directory ?? before.Directory,
        Model = Model ?? before.Model,
        Profile = Profile ?? before.Profile,
        Overrides = before.Overrides.AddRange(Overrides),
        SandboxMode = SandboxMode ?? before.SandboxMode,
        ApprovalPolicy = ApprovalPolicy ?? before.ApprovalPolicy,
        AddedDirectories = before.AddedDirectories.AddRange(AddedDirectories),
        FullAuto = FullAuto || before.FullAuto,
        BypassesAll = BypassesAll || before.BypassesAll,
        Oss = Oss || before.Oss,
        LocalProvider = LocalProvider ?? before.LocalProvider,
        IgnoresUserConfig = IgnoresUserConfig || before.IgnoresUserConfig,
        EnabledFeatures = before.EnabledFeatures.AddRange(EnabledFeatures),
        DisabledFeatures = before.DisabledFeatures.AddRange(DisabledFeatures),
        IgnoresRules = IgnoresRules || before.IgnoresRules,
        Strict = Strict || before.Strict,
    };
}

/// <summary>What became of the layers.</summary>
public abstract record SettingsLoaded
{
    private SettingsLoaded()
    {
    }

    public sealed record Ready(AgentSettings Settings) : SettingsLoaded;

    /// <param name="Message">Names file, line and key, and the next step.</param>
    public sealed record Refused(string Message) : SettingsLoaded;
}
