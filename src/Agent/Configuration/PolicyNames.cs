using Codex.Agent.Approvals;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Configuration;

/// <summary>Policies by the names Codex's files give them.</summary>
public static class PolicyNames
{
    public static string Of(ApprovalPolicy policy) => policy switch
    {
        ApprovalPolicy.Untrusted => "untrusted",
        ApprovalPolicy.OnRequest => "on-request",
        ApprovalPolicy.Never => "never",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    public static string Of(SandboxMode mode) => mode switch
    {
        SandboxMode.ReadOnly => "read-only",
        SandboxMode.WorkspaceWrite => "workspace-write",
        SandboxMode.FullAccess => "danger-full-access",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, message: null),
    };
}
