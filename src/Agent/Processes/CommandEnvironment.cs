using System.Collections.Immutable;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>What the environment of commands says on top of the user's policy: no colours, no pagers, and who calls.</summary>
public static class CommandEnvironment
{
    /// <summary>Set where the network is off, so that scripts can tell.</summary>
    public const string NetworkDisabled = "CODEX_SANDBOX_NETWORK_DISABLED";

    private static readonly ImmutableArray<KeyValuePair<string, string>> Always =
    [
        new("NO_COLOR", "1"),
        new("TERM", "dumb"),
        new("LANG", "C.UTF-8"),
        new("LC_CTYPE", "C.UTF-8"),
        new("LC_ALL", "C.UTF-8"),
        new("COLORTERM", string.Empty),
        new("PAGER", "cat"),
        new("GIT_PAGER", "cat"),
        new("GH_PAGER", "cat"),
        new("CODEX_CI", "1"),
    ];

    public static ImmutableSortedDictionary<string, string> For(
        ImmutableSortedDictionary<string, string> inherited, SandboxPolicy policy, string threadId, string sessionId, string callId, string version)
    {
        var variables = inherited.SetItems(Always).SetItems(
        [
            new("CODEX_THREAD_ID", threadId),
            new("CODEX_SESSION_ID", sessionId),
            new("CODEX_TOOL_CALL_ID", callId),
            new("CODEX_VERSION", version),
        ]);
        return policy.AllowsNetwork ? variables.Remove(NetworkDisabled) : variables.SetItem(NetworkDisabled, "1");
    }
}
