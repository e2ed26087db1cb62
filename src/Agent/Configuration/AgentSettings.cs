using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Configuration;

/// <summary>What a thread runs with, resolved from all layers of configuration and the command line.</summary>
public sealed record AgentSettings
{
    public required string CodexHome { get; init; }

    /// <summary>Absolute, links resolved.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Null: the first that the server offers.</summary>
    public string? Model { get; init; }

    /// <summary>Null: no provider is configured, so a gateway is looked for.</summary>
    public ModelEndpoint? Endpoint { get; init; }

    public ModelOverrides Overrides { get; init; } = new();

    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.OnRequest;

    public SandboxPolicy Sandbox { get; init; } = SandboxPolicy.ReadOnly;

    /// <summary>The project's own files may speak: its AGENTS.md, its settings, its skills.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Environment of commands, secrets dropped.</summary>
    public required ImmutableSortedDictionary<string, string> CommandEnvironment { get; init; }

    /// <summary>Takes the place of our own base instructions.</summary>
    public string? BaseInstructions { get; init; }

    public string? DeveloperInstructions { get; init; }

    /// <summary>AGENTS.md files, joined; null when there are none.</summary>
    public string? ProjectInstructions { get; init; }

    /// <summary>The list of skills for the model; null when there are none.</summary>
    public string? SkillList { get; init; }

    /// <summary>Facts the user asked to be remembered; null when there are none.</summary>
    public string? Memory { get; init; }

    public string? CompactPrompt { get; init; }

    /// <summary>auto, concise, detailed; null asks for none.</summary>
    public string? ReasoningSummary { get; init; } = "auto";

    public bool HidesReasoning { get; init; }

    /// <summary>Tokens of one output shown to the model; null follows the window.</summary>
    public int? OutputLimit { get; init; }

    public bool AllowsLoginShell { get; init; } = true;

    /// <summary>Keeps no record of what the user types.</summary>
    public bool KeepsNoHistory { get; init; }

    /// <summary>Told to the user before the first turn.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Everything else of the merged configuration, for the parts that read their own tables.</summary>
    public required JsonElement Merged { get; init; }
}
