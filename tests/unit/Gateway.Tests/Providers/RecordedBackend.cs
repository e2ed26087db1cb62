using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Codex.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Codex.Gateway.Tests.Providers;

/// <summary>A server on a free port of this machine that answers as a fixture recorded it.</summary>
internal sealed class RecordedBackend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordedBackend(WebApplication app, JsonObject answers)
    {
        _app = app;
        Answers = answers;
    }

    public JsonObject Answers { get; set; }

    /// <summary>When set, every request without it is answered with 401.</summary>
    public string? Key { get; set; }

    /// <summary>When set, every request is answered with this JSON.</summary>
    public string? Always { get; set; }

    /// <summary>When set, requests wait for it.</summary>
    public Task? Gate { get; set; }

    public ConcurrentQueue<string> Asked { get; } = new();

    public Uri BaseAddress => new($"{_app.Urls.First()}/v1");

    public int Port => BaseAddress.Port;

    public static Task<RecordedBackend> StartAsync(string fixture) =>
        StartAsync(FixtureFolders.Read("discovery", fixture, "answers.json").AsObject());

    public static async Task<RecordedBackend> StartAsync(JsonObject answers, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        var backend = new RecordedBackend(builder.Build(), answers);
        backend._app.Run(backend.AnswerAsync);
        await backend._app.StartAsync();
        return backend;
    }

    public static JsonObject Listing(params string[] models) => new()
    {
        ["GET models"] = new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. models.Select(m => new JsonObject { ["id"] = m, ["object"] = "model", ["owned_by"] = "vllm", ["max_model_len"] = 8192 })]),
        },
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Request.Path.Value!;
        var question = $"{context.Request.Method} {(path.StartsWith("/v1/", StringComparison.Ordinal) ? path[4..] : path)} {body}".TrimEnd();
        Asked.Enqueue(question);
        if (Gate is { } gate)
            await gate.WaitAsync(context.RequestAborted);
        if (Key is { } key && context.Request.Headers.Authorization != $"Bearer {key}")
        {
            context.Response.StatusCode = 401;
            return;
        }
        if (Always is { } always)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(always);
            return;
        }
        if (!Answers.TryGetPropertyValue(question, out var answer))
        {
            context.Response.StatusCode = 404;
            return;
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer?.ToJsonString() ?? "null");
    }
}
