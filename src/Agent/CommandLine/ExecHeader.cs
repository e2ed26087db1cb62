using System.Text;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;

namespace Codex.Agent.CommandLine;

/// <summary>What <c>exec</c> says on standard error before the first turn.</summary>
internal static class ExecHeader
{
    public static string Write(AgentSettings settings, ModelEndpoint endpoint, ModelProfile model, string threadId, string prompt, Style style)
    {
        var text = new StringBuilder();
        text.Append("codex-agent v").Append(AgentCommandLine.Version).Append("\n--------\n");
        text.Append(style.Bold("workdir:")).Append(' ').Append(settings.WorkingDirectory).Append('\n');
        text.Append(style.Bold("model:")).Append(' ').Append(model.Slug).Append('\n');
        text.Append(style.Bold("provider:")).Append(' ').Append(endpoint.ProviderId).Append('\n');
        text.Append(style.Bold("approval:")).Append(' ').Append(PolicyNames.Of(settings.Approval)).Append('\n');
        text.Append(style.Bold("sandbox:")).Append(' ').Append(Sandbox(settings.Sandbox, settings.WorkingDirectory)).Append('\n');
        text.Append(style.Bold("reasoning effort:")).Append(' ').Append(model.ReasoningEffort ?? "none").Append('\n');
        text.Append(style.Bold("reasoning summaries:")).Append(' ').Append(settings.ReasoningSummary ?? "none").Append('\n');
        text.Append(style.Bold("session id:")).Append(' ').Append(threadId).Append("\n--------\n").Append(style.Accent("user")).Append('\n').Append(prompt).Append('\n');
        return text.ToString();
    }

    private static string Sandbox(SandboxPolicy policy, string directory) => policy.Mode == SandboxMode.WorkspaceWrite
        ? $"{PolicyNames.Of(policy.Mode)} [{string.Join(", ", policy.WritableRoots.Select(r => r == directory ? "workdir" : r))}]{(policy.AllowsNetwork ? " (network)" : "")}"
        : PolicyNames.Of(policy.Mode);
}
