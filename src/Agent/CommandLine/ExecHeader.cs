using System.Text;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;

namespace Codex.Agent.CommandLine;

/// <summary>What <c>exec</c> says on standard error before the first turn.</summary>
internal static class ExecHeader
{
    public static string Write(AgentSettings settings, ModelEndpoint endpoint, ModelProfile model, string threadId, string prompt)
    {
        var text = new StringBuilder();
        text.Append("codex-agent v").Append(AgentCommandLine.Version).Append("\n--------\n");
        text.Append("workdir: ").Append(settings.WorkingDirectory).Append('\n');
        text.Append("model: ").Append(model.Slug).Append('\n');
        text.Append("provider: ").Append(endpoint.ProviderId).Append('\n');
        text.Append("approval: ").Append(PolicyNames.Of(settings.Approval)).Append('\n');
        text.Append("sandbox: ").Append(Sandbox(settings.Sandbox, settings.WorkingDirectory)).Append('\n');
        text.Append("reasoning effort: ").Append(model.ReasoningEffort ?? "none").Append('\n');
        text.Append("session id: ").Append(threadId).Append("\n--------\nuser\n").Append(prompt).Append('\n');
        return text.ToString();
    }

    private static string Sandbox(SandboxPolicy policy, string directory) => policy.Mode == SandboxMode.WorkspaceWrite
        ? $"{PolicyNames.Of(policy.Mode)} [{string.Join(", ", policy.WritableRoots.Select(r => r == directory ? "workdir" : r))}]{(policy.AllowsNetwork ? " (network)" : "")}"
        : PolicyNames.Of(policy.Mode);
}
