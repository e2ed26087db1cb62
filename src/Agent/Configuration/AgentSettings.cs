using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Configuration.Features;
using Codex.Agent.Models;
using Codex.Agent.Projects;
using Codex.Agent.Sandbox;
using Codex.Agent.Skills;

namespace Codex.Agent.Configuration;

/// <summary>What a thread runs with, resolved from all layers of configuration and the command line.</summary>
public sealed record AgentSettings
{
    public required string CodexHome { get; init; }

    /// <summary>Absolute, links resolved.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Of the project the directory belongs to; the directory itself outside of any.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary>Folders whose configuration counts, the weakest first: of the system, of the user, of the project when it is trusted.</summary>
    public ImmutableArray<string> ConfigurationDirectories { get; init; } = [];

    /// <summary>Null: the first that the server offers.</summary>
    public string? Model { get; init; }

    /// <summary>Null: no provider is configured, so a gateway is looked for.</summary>
    public ModelEndpoint? Endpoint { get; init; }

    public ModelOverrides Overrides { get; init; } = new();

    /// <summary>What the user's own file says of models; it goes before what the server says.</summary>
    public ImmutableArray<ModelMetadata> Catalog { get; init; } = [];

    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.OnRequest;

    public SandboxPolicy Sandbox { get; init; } = SandboxPolicy.ReadOnly;

    /// <summary>What the user decided about the project.</summary>
    public ProjectTrust Trust { get; init; }

    public Requirements Requirements { get; init; } = new();

    /// <summary>Environment of commands, secrets dropped.</summary>
    public required ImmutableSortedDictionary<string, string> CommandEnvironment { get; init; }

    /// <summary>A variable of this program's environment and of <c>$CODEX_HOME/.env</c>, secrets included: never for commands.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Takes the place of our own base instructions.</summary>
    public string? BaseInstructions { get; init; }

    public string? DeveloperInstructions { get; init; }

    /// <summary>The model is told what commands may do.</summary>
    public bool TellsPermissions { get; init; } = true;

    /// <summary>The model is told directory, shell and date.</summary>
    public bool TellsEnvironment { get; init; } = true;

    /// <summary>AGENTS.md files, joined; null when there are none.</summary>
    public string? ProjectInstructions { get; init; }

    /// <summary>Files of the project speak in <see cref="ProjectInstructions"/>, not only the user's own.</summary>
    public bool HasProjectFiles { get; init; }

    public SkillSet Skills { get; init; } = SkillSet.None;

    /// <summary>Facts the user asked to be remembered; null when there are none.</summary>
    public string? Memory { get; init; }

    public string? CompactPrompt { get; init; }

    /// <summary>auto, concise, detailed; null asks for none.</summary>
    public string? ReasoningSummary { get; init; } = "auto";

    public bool HidesReasoning { get; init; }

    /// <summary>What the model thought word for word, where the server sends that beside its summary.</summary>
    public bool ShowsRawReasoning { get; init; }

    /// <summary>Program and first arguments that are told when a turn is done; empty for none.</summary>
    public ImmutableArray<string> Notify { get; init; } = [];

    public FeatureSet Features { get; init; } = FeatureSet.Default;

    /// <summary>Tokens of one output shown to the model; null follows the window.</summary>
    public int? OutputLimit { get; init; }

    /// <summary>How long write_stdin may wait when it only looks; <c>background_terminal_max_timeout</c>.</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromMinutes(5);

    public bool AllowsLoginShell { get; init; } = true;

    /// <summary>Offers the plan to the model.</summary>
    public bool OffersPlan { get; init; } = true;

    /// <summary>Keeps no record of what the user types.</summary>
    public bool KeepsNoHistory { get; init; }

    /// <summary>Told to the user before the first turn.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The merged configuration without the providers, for the parts that read their own tables.</summary>
    public required JsonElement Merged { get; init; }
}
