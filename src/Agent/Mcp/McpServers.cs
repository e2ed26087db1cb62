using System.Collections.Immutable;
using Codex.Agent.Configuration;
using Codex.Agent.Tools;

namespace Codex.Agent.Mcp;

/// <summary>What came of starting the servers.</summary>
public abstract record McpStart
{
    private McpStart()
    {
    }

    public sealed record Ready(McpServers Servers) : McpStart;

    /// <param name="Message">Names the required server that failed, and the next step.</param>
    public sealed record Failed(string Message) : McpStart;
}

/// <summary>The servers of a thread while it runs.</summary>
public sealed class McpServers : IAsyncDisposable
{
    /// <summary>A server may tell as much as it likes; a small window holds only so much.</summary>
    private const int MostInstructions = 800;

    private readonly ImmutableArray<McpConnection> _connections;

    private McpServers(ImmutableArray<McpConnection> connections, ImmutableArray<ITool> tools, ImmutableArray<string> warnings)
    {
        _connections = connections;
        Tools = tools;
        Warnings = warnings;
    }

    /// <summary>In the order of the servers' names, and of each server's own list.</summary>
    public ImmutableArray<ITool> Tools { get; }

    /// <summary>One line for each server that is missing.</summary>
    public ImmutableArray<string> Warnings { get; }

    /// <summary>The servers that answer, with the names of the tools they offer; for people.</summary>
    public IEnumerable<(string Server, ImmutableArray<string> Tools)> Running =>
        _connections.Select(c => (c.Server.Name, c.Tools.Where(t => c.Server.Offers(t.Name)).Select(t => t.Name).ToImmutableArray()));

    /// <summary>Starts all servers of the settings beside each other. Await it before the first request: what is offered must not change later.</summary>
    public static Task<McpStart> StartAsync(AgentSettings settings, string version, TimeProvider time, CancellationToken cancellation)
    {
        var (servers, problems) = McpServerReader.Read(settings.Merged);
        var requirements = settings.Requirements;
        return StartAsync(
            [.. servers.Select(s => McpIdentity.Restrict(s, requirements.McpServers, requirements.Source))],
            problems,
            new McpSurroundings(version, settings.WorkingDirectory, settings.Variable, time),
            cancellation);
    }

    public static async Task<McpStart> StartAsync(
        ImmutableArray<McpServer> servers, ImmutableArray<string> problems, McpSurroundings around, CancellationToken cancellation)
    {
        var enabled = servers.Where(s => s.IsEnabled).ToList();
        var all = enabled.Select(s => McpConnection.ConnectAsync(s, around, cancellation)).ToList();
        var connections = ImmutableArray.CreateBuilder<McpConnection>();
        var warnings = problems.ToBuilder();
        warnings.AddRange(servers.Where(s => s.DisabledReason is not null).Select(s => $"MCP server '{s.Name}' is off: {s.DisabledReason}."));
        try
        {
            await Task.WhenAll(all);
        }
        catch (OperationCanceledException)
        {
            foreach (var task in all.Where(t => t.IsCompletedSuccessfully))
            {
                if (await task is McpConnected.Open open)
                    await open.Connection.DisposeAsync();
            }

            throw;
        }

        string? failure = null;
        foreach (var (server, task) in enabled.Zip(all))
        {
            switch (await task)
            {
                case McpConnected.Open open:
                    connections.Add(open.Connection);
                    break;
                case McpConnected.Failed failed when server.IsRequired:
                    failure ??= $"The required MCP server '{server.Name}' could not be started: {failed.Why}. Put it right, or take required out of mcp_servers.{server.Name}.";
                    break;
                case McpConnected.Failed failed:
                    warnings.Add($"MCP server '{server.Name}' could not be started: {failed.Why}. Its tools are missing.");
                    break;
            }
        }

        var started = new McpServers(connections.ToImmutable(), Offer(connections), warnings.ToImmutable());
        if (failure is null)
            return new McpStart.Ready(started);
        await started.DisposeAsync();
        return new McpStart.Failed(failure);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_connections.Select(c => c.DisposeAsync().AsTask()));

    private static ImmutableArray<ITool> Offer(IEnumerable<McpConnection> connections)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var tools = ImmutableArray.CreateBuilder<ITool>();
        foreach (var connection in connections)
        {
            var about = About(connection);
            foreach (var facts in connection.Tools.Where(t => connection.Server.Offers(t.Name)))
            {
                var description = string.Join("\n\n", ((string[])[facts.Description.Trim(), about]).Where(t => t.Length > 0));
                tools.Add(new McpTool(connection, facts, new ToolSpec(McpToolNames.Of(connection.Server.Name, facts.Name, taken), description, facts.Schema)));
                // Once is enough: functions have no place for what they have in common.
                about = "";
            }
        }

        return tools.ToImmutable();
    }

    private static string About(McpConnection connection)
    {
        if (connection.Instructions is not { } text)
            return "";
        var shown = text.Length <= MostInstructions ? text : text[..(char.IsHighSurrogate(text[MostInstructions - 1]) ? MostInstructions - 1 : MostInstructions)] + " …";
        return $"About all tools of {connection.Server.Name}: {shown}";
    }
}
