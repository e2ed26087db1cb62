using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Agent.Client;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Codex.Agent.Mcp;

/// <summary>A tool as its server lists it.</summary>
/// <param name="ReadsOnly">It says that it changes nothing.</param>
internal sealed record McpToolFacts(string Name, string Description, JsonElement Schema, bool ReadsOnly);

/// <summary>What came of connecting to a server.</summary>
internal abstract record McpConnected
{
    private McpConnected()
    {
    }

    public sealed record Open(McpConnection Connection) : McpConnected;

    /// <param name="Why">Without the server's name.</param>
    public sealed record Failed(string Why) : McpConnected;
}

/// <summary>What a server needs to know of us, and we of the place it runs in.</summary>
/// <param name="Version">Of this program.</param>
/// <param name="Directory">Of the thread; absolute.</param>
/// <param name="Variable">Of this program's environment.</param>
public sealed record McpSurroundings(string Version, string Directory, Func<string, string?> Variable, TimeProvider Time);

/// <summary>A server that answers.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    /// <summary>The one Codex asks for. A server that speaks only others is asked again without a wish.</summary>
    private const string Protocol = "2025-06-18";

    /// <summary>A server that goes on listing is wrong.</summary>
    private const int MostPages = 100;

    private readonly McpClient _client;
    private readonly IAsyncDisposable _road;

    private McpConnection(McpServer server, McpClient client, IAsyncDisposable road)
    {
        Server = server;
        _client = client;
        _road = road;
    }

    public McpServer Server { get; }

    public ImmutableArray<McpToolFacts> Tools { get; private set; } = [];

    /// <summary>What the server wants every model to know of it.</summary>
    public string? Instructions => string.IsNullOrWhiteSpace(_client.ServerInstructions) ? null : _client.ServerInstructions.Trim();

    public static async Task<McpConnected> ConnectAsync(McpServer server, McpSurroundings around, CancellationToken cancellation)
    {
        var limit = server.StartupLimit ?? McpServer.DefaultStartupLimit;
        using var timer = new CancellationTokenSource(limit, around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var first = await TryAsync(server, around, Protocol, limit, either.Token);
        var result = first is (null, { } fault) && fault.Contains("protocol version", StringComparison.OrdinalIgnoreCase)
            ? await TryAsync(server, around, protocol: null, limit, either.Token)
            : first;
        cancellation.ThrowIfCancellationRequested();
        return result.Connection is { } connection ? new McpConnected.Open(connection) : new McpConnected.Failed(result.Fault!);
    }

    /// <summary>The result object of a call.</summary>
    /// <exception cref="McpException">The server refused the call.</exception>
    /// <exception cref="IOException">The server is gone.</exception>
    public async Task<JsonElement> CallAsync(string tool, JsonElement arguments, CancellationToken cancellation)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments.GetRawText()) };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_client.Completion.IsCompleted)
            throw Gone();
        var asked = AskAsync("tools/call", parameters, ended.Token);
        // A request to a server that is gone would wait for its time limit.
        if (await Task.WhenAny(asked, _client.Completion) == asked)
            return await asked;
        await ended.CancelAsync();
        throw Gone();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _client.DisposeAsync();
        }
        catch (Exception error) when (error is IOException or HttpRequestException or McpException or OperationCanceledException)
        {
            // The server went before we did.
        }

        await _road.DisposeAsync();
    }

    private IOException Gone() => new($"the server ended{((_road as McpProcess)?.LastErrors is { } errors ? $" (it wrote: {errors})" : "")}");

    private static async Task<(McpConnection? Connection, string? Fault)> TryAsync(
        McpServer server, McpSurroundings around, string? protocol, TimeSpan limit, CancellationToken cancellation)
    {
        IAsyncDisposable? road = null;
        McpConnection? connection = null;
        try
        {
            (var transport, road) = Open(server.Transport, around);
            var options = new McpClientOptions
            {
                ClientInfo = new Implementation { Name = "codex-agent", Version = around.Version },
                ProtocolVersion = protocol,
                InitializationTimeout = limit,
                TimeProvider = around.Time,
            };
            var client = await McpClient.CreateAsync(transport, options, loggerFactory: null, cancellation);
            connection = new McpConnection(server, client, road);
            if (client.ServerCapabilities.Tools is not null)
                connection.Tools = await connection.ListToolsAsync(cancellation);
            return (connection, null);
        }
        catch (Exception error)
        {
            // The client library tells failures by exceptions of many kinds; none of them may end a thread that can do without the server.
            var errors = (road as McpProcess)?.LastErrors;
            if (connection is not null)
                await connection.DisposeAsync();
            else if (road is not null)
                await road.DisposeAsync();
            var why = error is OperationCanceledException or TimeoutException
                ? FormattableString.Invariant($"no answer within {limit.TotalSeconds:0.###} seconds; startup_timeout_sec allows more")
                : Words(error, server.Transport);
            return (null, errors is null ? why : $"{why} (it wrote: {errors})");
        }
    }

    private static (IClientTransport Transport, IAsyncDisposable Road) Open(McpTransport transport, McpSurroundings around)
    {
        switch (transport)
        {
            case McpTransport.Stdio stdio:
                var process = McpProcess.Start(stdio, around.Variable, around.Directory, around.Time);
                return (new StreamClientTransport(process.Input, process.Output), process);
            case McpTransport.Http http:
                var headers = http.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase);
                foreach (var (header, name) in http.VariableHeaders)
                {
                    if (around.Variable(name) is { } value)
                        headers[header] = value;
                }

                if (http.BearerVariable is { } variable)
                {
                    var token = around.Variable(variable) ?? throw new IOException($"the environment variable {variable}, its bearer_token_env_var, is not set");
                    headers["Authorization"] = new AuthenticationHeaderValue("Bearer", token).ToString();
                }

                var (handler, problem) = ServerConnection.Create(around.Variable(ServerConnection.AuthoritiesVariable));
                var client = new HttpClient(handler ?? throw new IOException(problem)) { Timeout = Timeout.InfiniteTimeSpan };
                var options = new HttpClientTransportOptions { Endpoint = http.Url, TransportMode = HttpTransportMode.StreamableHttp, AdditionalHeaders = headers };
                var road = new HttpClientTransport(options, client, loggerFactory: null, ownsHttpClient: true);
                return (road, road);
            default:
                throw new NotSupportedException(transport.GetType().Name);
        }
    }

    private static string Words(Exception error, McpTransport transport) => error switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } http =>
            $"it refused us with status {(int)http.StatusCode!}; check {((transport as McpTransport.Http)?.BearerVariable is { } name ? $"the token in {name}" : "bearer_token_env_var")}",
        HttpRequestException { StatusCode: { } status } => $"it answered with status {(int)status}",
        _ => error.Message.TrimEnd('.'),
    };

    private async Task<ImmutableArray<McpToolFacts>> ListToolsAsync(CancellationToken cancellation)
    {
        var tools = ImmutableArray.CreateBuilder<McpToolFacts>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var result = await AskAsync("tools/list", cursor is null ? [] : new JsonObject { ["cursor"] = cursor }, cancellation);
            if (result.TryGetProperty("tools", out var list) && list.ValueKind == JsonValueKind.Array)
                tools.AddRange(list.EnumerateArray().Select(Facts).OfType<McpToolFacts>());
            if (!result.TryGetProperty("nextCursor", out var next) || next.ValueKind != JsonValueKind.String)
                break;
            cursor = next.GetString();
        }

        return tools.ToImmutable();
    }

    private static McpToolFacts? Facts(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            return null;
        var schema = tool.TryGetProperty("inputSchema", out var given) && given.ValueKind == JsonValueKind.Object ? given : JsonElement.Parse("""{"type":"object","properties":{}}"""u8);
        var reads = tool.TryGetProperty("annotations", out var hints) && hints.ValueKind == JsonValueKind.Object
            && hints.TryGetProperty("readOnlyHint", out var hint) && hint.ValueKind == JsonValueKind.True;
        var description = tool.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return new McpToolFacts(name.GetString()!, description, schema, reads);
    }

    private async Task<JsonElement> AskAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var response = await _client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, cancellation);
        return JsonElement.Parse(response.Result?.ToJsonString() ?? "{}");
    }
}
