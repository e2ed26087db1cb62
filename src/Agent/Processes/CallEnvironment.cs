using System.Collections.Immutable;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>What the environment of one command says on top of the user's policy: who calls, and whether there is a network.</summary>
public static class CallEnvironment
{
    /// <summary>Set where the network is off, so that scripts can tell.</summary>
    public const string NetworkDisabled = "CODEX_SANDBOX_NETWORK_DISABLED";

    public static ImmutableSortedDictionary<string, string> For(
        ImmutableSortedDictionary<string, string> inherited, SandboxPolicy policy, string threadId, string sessionId, string callId, string version)
    {
        var variables = inherited.SetItems(
        [
            new("CODEX_THREAD_ID", threadId),
            new("CODEX_SESSION_ID", sessionId),
            new("CODEX_TOOL_CALL_ID", callId),
            new("CODEX_VERSION", version),
        ]);
        return policy.AllowsNetwork ? variables.Remove(NetworkDisabled) : variables.SetItem(NetworkDisabled, "1");
    }
}
