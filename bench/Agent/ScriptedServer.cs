using System.Collections.Concurrent;
using System.Text.Json;

namespace Codex.Bench.Agent;

/// <summary>Speaks Responses: the same short message to every request, at once.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const string Answer = """
        data: {"type":"response.created","response":{"id":"r"}}

        data: {"type":"response.output_item.done","item":{"type":"message","id":"m","role":"assistant","content":[{"type":"output_text","text":"done"}]}}

        data: {"type":"response.completed","response":{"id":"r","usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":0},"output_tokens":20,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":120}}}


        """;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RequestSize> _asked = new();

    private ScriptedServer(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    public RequestSize LastAsked => _asked.Last();

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build());
        server._app.MapGet("/v1/models", static () => Results.Text("""{"object":"list","data":[]}""", "application/json"));
        server._app.MapPost("/v1/responses", server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        var tools = request.RootElement.GetProperty("tools");
        _asked.Enqueue(new RequestSize((int)body.Length, System.Text.Encoding.UTF8.GetByteCount(tools.GetRawText()), tools.GetArrayLength()));
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Answer);
    }
}

/// <param name="Bytes">Of the whole body.</param>
internal sealed record RequestSize(int Bytes, int ToolBytes, int Tools)
{
    /// <summary>As both programs estimate them: four bytes each.</summary>
    public int Tokens => (Bytes + 3) / 4;
}
