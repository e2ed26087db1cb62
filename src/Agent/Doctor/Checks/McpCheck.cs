using System.Runtime.CompilerServices;
using Codex.Agent.Mcp;

namespace Codex.Agent.Doctor.Checks;

/// <summary>Starts the MCP servers as a thread would, and ends them.</summary>
internal static class McpCheck
{
    public static async IAsyncEnumerable<Finding> FindAsync(Examination examination, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (examination.Settings is not { } settings)
            yield break;
        var start = await McpServers.StartAsync(settings, examination.Version, examination.Time, cancellation);
        if (start is not McpStart.Ready { Servers: var servers })
        {
            yield return new("E08", ((McpStart.Failed)start).Message);
            yield break;
        }

        await using (servers)
        {
            foreach (var warning in servers.Warnings)
                yield return new("W08", warning, "codex-agent mcp list shows how each is started");
            foreach (var (server, tools) in servers.Running)
                yield return new("I15", $"MCP server '{server}' starts and offers {(tools.Length == 1 ? "1 tool" : $"{tools.Length} tools")}");
        }
    }
}
