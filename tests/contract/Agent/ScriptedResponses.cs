using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Codex.Contract.Tests.Agent;

/// <summary>One request for an answer, as it came.</summary>
public sealed record AskedResponse(JsonElement Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>A server that speaks Responses, so that a test sees the items of a request as the agent sent them.</summary>
public sealed partial class ScriptedResponses : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ScriptedAnswer> _answers = new();
    private readonly ConcurrentQueue<AskedResponse> _asked = new();
    private string _session = "0";

    private ScriptedResponses(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<AskedResponse> Asked => [.. _asked];

    /// <summary>The input of every request so far.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>> Inputs => [.. _asked.Select(asked => asked.Body.GetProperty("input").EnumerateArray().ToList())];

    /// <summary>Takes back the answers that nobody asked for, and says how many they were.</summary>
    public int TakeBack()
    {
        var left = _answers.Count;
        _answers.Clear();
        return left;
    }

    /// <summary>Values for names in scripts, such as <c>{work}</c>; <c>{session}</c> is the last session id in a request.</summary>
    public Func<string, string> Fill { get; set; } = text => text;

    /// <summary>Every request so far, whole.</summary>
    public IReadOnlyList<JsonElement> Bodies => [.. _asked.Select(asked => asked.Body)];

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
    public void Answer(params string[] items) => Answer(ScriptedAnswer.Of(items));

    public void Answer(ScriptedAnswer answer) => _answers.Enqueue(answer);

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
        _asked.Enqueue(new AskedResponse(body.RootElement.Clone(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString())));
        if (SessionId().Matches(body.RootElement.GetRawText()) is [.., var last])
            _session = last.Groups[1].Value;
        if (_answers.TryDequeue(out var answer))
            await answer.WriteAsync(context, text => Fill(text).Replace("{session}", _session, StringComparison.Ordinal));
        else
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    [GeneratedRegex("running with session ID ([0-9]+)")]
    private static partial Regex SessionId();
}
