using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Codex.Gateway.Demo.Scripts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Codex.ScriptedUpstream;

/// <summary>
/// A chat/completions backend on a free port of 127.0.0.1 that does exactly what the test says, and remembers
/// what it was asked. POST /v1/chat/completions takes the next script of the queue, then <see cref="Answer"/>.
/// </summary>
public sealed class ScriptedUpstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<ChatScript> _queue = new();
    private readonly ConcurrentDictionary<string, Func<RecordedRequest, ChatScript>> _routes = new(StringComparer.Ordinal);
    private readonly Lock _recording = new();
    private readonly List<RecordedRequest> _requests = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedUpstreamServer(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
        Route("POST", "/v1/chat/completions", NextScript);
        Models("scripted-model");
    }

    /// <summary><c>http://127.0.0.1:PORT</c>, without a path.</summary>
    public string RootUrl { get; private set; } = "";

    /// <summary><c>http://127.0.0.1:PORT/v1</c>.</summary>
    public string BaseUrl => RootUrl + "/v1";

    /// <summary>Answers chat/completions when the queue is empty. Without it such a request gets a 500 that says so.</summary>
    public Func<RecordedRequest, ChatScript>? Answer { get; set; }

    /// <summary>Everything received so far, in order of arrival, whatever the route.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_recording)
                return [.. _requests];
        }
    }

    public IReadOnlyList<RecordedRequest> ChatRequests => [.. Requests.Where(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal))];

    /// <param name="time">The clock of pauses and records; tests that must not wait pass their own.</param>
    public static async Task<ScriptedUpstreamServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection => DirectSendMiddleware.InvokeAsync(connection, next)));
            kestrel.AddServerHeader = false;
            // A client under test may be slow, and a body may be as large as the gateway's own limit.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var server = new ScriptedUpstreamServer(app, time ?? TimeProvider.System);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        server.RootUrl = app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>An address on which nothing listens: connecting is refused at once.</summary>
    public static string RefusedBaseUrl()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/v1";
    }

    /// <summary>The next chat/completions requests are answered by these, in order.</summary>
    public ScriptedUpstreamServer Enqueue(params ReadOnlySpan<ChatScript> scripts)
    {
        foreach (var script in scripts)
            _queue.Enqueue(script);
        return this;
    }

    /// <summary>The next <paramref name="times"/> chat/completions requests get the same script: a cold start, an outage.</summary>
    public ScriptedUpstreamServer Repeat(int times, ChatScript script)
    {
        for (var i = 0; i < times; i++)
            _queue.Enqueue(script);
        return this;
    }

    /// <summary>What GET /v1/models lists.</summary>
    public ScriptedUpstreamServer Models(params ReadOnlySpan<string> ids)
    {
        var models = string.Join(",", ids.ToArray().Select(id => $$"""{"id":{{ChatJson.Quote(id)}},"object":"model","created":1700000000,"owned_by":"scripted"}"""));
        return ModelsJson($$"""{"object":"list","data":[{{models}}]}""");
    }

    /// <summary>The exact body of GET /v1/models.</summary>
    public ScriptedUpstreamServer ModelsJson(string json) => Route("GET", "/v1/models", json);

    /// <summary>Answers a path, counted from the root, with this JSON.</summary>
    public ScriptedUpstreamServer Route(string method, string path, string json) =>
        Route(method, path, _ => ChatScript.Body(200, json));

    /// <summary>Answers a path, counted from the root; also replaces the built-in routes.</summary>
    public ScriptedUpstreamServer Route(string method, string path, Func<RecordedRequest, ChatScript> answer)
    {
        _routes[Key(method, path)] = answer;
        return this;
    }

    /// <summary>The request number <paramref name="index"/> (from 0) to chat/completions, as soon as it has arrived.</summary>
    /// <exception cref="TimeoutException">It did not arrive within <paramref name="limit"/>, by default 30 s.</exception>
    public async Task<RecordedRequest> ChatRequestAsync(int index, TimeSpan? limit = null)
    {
        using var waited = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(30));
        while (true)
        {
            Task arrival;
            lock (_recording)
                arrival = _arrived.Task;
            var received = ChatRequests;
            if (received.Count > index)
                return received[index];
            try
            {
                await arrival.WaitAsync(waited.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Only {received.Count} chat requests arrived; number {index + 1} was awaited.", late);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Hanging scripts end when the server stops; the limit is for clients that keep their connection open.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static string Key(string method, string path) => method.ToUpperInvariant() + " " + path;

    private ChatScript NextScript(RecordedRequest request)
    {
        if (_queue.TryDequeue(out var script))
            return script;
        return Answer?.Invoke(request)
            ?? ChatScript.Error(500, "No script is queued for this request.", "scripted_upstream_error");
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var record = new RecordedRequest(context.Request, body.ToArray(), _time.GetUtcNow());
        lock (_recording)
        {
            _requests.Add(record);
            _arrived.TrySetResult();
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        var script = _routes.TryGetValue(Key(record.Method, record.Path), out var answer)
            ? answer(record)
            : ChatScript.Error(404, $"No route {record.Method} {record.Path}.", "invalid_request_error");
        record.End(await ScriptPlayer.PlayAsync(script, context, record, _time, _app.Lifetime.ApplicationStopping));
    }
}
