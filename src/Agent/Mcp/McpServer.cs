using System.Collections.Immutable;

namespace Codex.Agent.Mcp;

/// <summary>How a server is reached.</summary>
public abstract record McpTransport
{
    private McpTransport()
    {
    }

    /// <summary>A program of ours that speaks over its standard input and output.</summary>
    /// <param name="Environment">Set for it alone.</param>
    /// <param name="InheritedVariables">Taken from this program's environment, beside the few every program needs.</param>
    /// <param name="Directory">Absolute; null for the thread's own.</param>
    public sealed record Stdio(
        string Command,
        ImmutableArray<string> Arguments,
        ImmutableSortedDictionary<string, string> Environment,
        ImmutableArray<string> InheritedVariables,
        string? Directory) : McpTransport;

    /// <summary>Streamable HTTP.</summary>
    /// <param name="BearerVariable">Environment variable that holds the bearer token.</param>
    /// <param name="VariableHeaders">Names of environment variables by header.</param>
    public sealed record Http(
        Uri Url,
        string? BearerVariable,
        ImmutableSortedDictionary<string, string> Headers,
        ImmutableSortedDictionary<string, string> VariableHeaders) : McpTransport;
}

public enum McpApproval
{
    /// <summary>Asks about tools that do not say they only read; asks nobody where neither sandbox nor questions are wanted.</summary>
    Auto,

    /// <summary>Asks about every call.</summary>
    Prompt,

    /// <summary>Asks about tools that do not say they only read, always.</summary>
    Writes,

    /// <summary>Never asks.</summary>
    Approve,
}

/// <summary>One table of <c>[mcp_servers]</c>.</summary>
public sealed record McpServer(string Name, McpTransport Transport)
{
    public static readonly TimeSpan DefaultStartupLimit = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan DefaultToolLimit = TimeSpan.FromSeconds(300);

    public bool IsEnabled { get; init; } = true;

    /// <summary>Why it is off although the user did not say so.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>No thread starts without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Null: <see cref="DefaultStartupLimit"/>.</summary>
    public TimeSpan? StartupLimit { get; init; }

    /// <summary>Null: <see cref="DefaultToolLimit"/>.</summary>
    public TimeSpan? ToolLimit { get; init; }

    /// <summary>Only these; null for all.</summary>
    public ImmutableArray<string>? EnabledTools { get; init; }

    public ImmutableArray<string>? DisabledTools { get; init; }

    public McpApproval Approval { get; init; }

    public ImmutableSortedDictionary<string, McpApproval> ToolApprovals { get; init; } = ImmutableSortedDictionary<string, McpApproval>.Empty;

    /// <summary>Its tools may run beside others, whatever they do.</summary>
    public bool RunsInParallel { get; init; }

    public bool Offers(string tool) =>
        (EnabledTools is not { } enabled || enabled.Contains(tool)) && (DisabledTools is not { } disabled || !disabled.Contains(tool));

    public McpApproval ApprovalOf(string tool) => ToolApprovals.GetValueOrDefault(tool, Approval);
}
