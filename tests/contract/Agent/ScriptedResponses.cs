using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Codex.Contract.Tests.Agent;

/// <summary>A server that speaks Responses, so that a test sees the items of a request as the agent sent them.</summary>
public sealed class ScriptedResponses : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string[]> _answers = new();
    private readonly ConcurrentQueue<JsonElement> _asked = new();

    private ScriptedResponses(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    /// <summary>The input of every request so far.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>> Inputs => [.. _asked.Select(body => body.GetProperty("input").EnumerateArray().ToList())];

    /// <summary>Every request so far, whole.</summary>
    public IReadOnlyList<JsonElement> Bodies => [.. _asked];

    public static async Task<ScriptedResponses> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedResponses(builder.Build());
        server._app.MapPost("/v1/responses", server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <param name="items">JSON of the items of the next answer.</param>
    public void Answer(params string[] items) => _answers.Enqueue(items);

    public static string Message(string text) =>
        $$"""{"type":"message","id":"msg_{{text.Length}}","role":"assistant","content":[{"type":"output_text","text":{{JsonSerializer.Serialize(text)}}}]}""";

    public static string Call(string id, string command) =>
        $$"""{"type":"function_call","id":"fc_{{id}}","name":"exec_command","arguments":{{JsonSerializer.Serialize($$"""{"cmd":"{{command}}"}""")}},"call_id":"{{id}}"}""";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        _asked.Enqueue(body.RootElement.Clone());
        if (!_answers.TryDequeue(out var items))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("""data: {"type":"response.created","response":{"id":"r"}}""" + "\n\n");
        foreach (var item in items)
            await context.Response.WriteAsync($$"""data: {"type":"response.output_item.done","item":{{item}}}""" + "\n\n");
        await context.Response.WriteAsync(
            """data: {"type":"response.completed","response":{"id":"r","usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":0},"output_tokens":20,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":120}}}""" + "\n\n");
    }
}
