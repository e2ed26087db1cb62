using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Codex.Bench.Load;

/// <summary>A backend that streams the same chat answer to everyone, one chunk at each tick.</summary>
internal static class UpstreamServer
{
    /// <summary>An answer of this model stops after its first word and stays open until the client leaves.</summary>
    public const string IdleModel = "idle";

    public const string Model = "paced";

    /// <summary>In every chunk of text and nowhere else, so that a client knows the first delta when it sees it.</summary>
    public const string Word = "lorem";

    /// <summary>Before the name under which <c>/left/NAME</c> later tells when its client left.</summary>
    public const string Mark = "mark:";

    private static readonly ConcurrentDictionary<string, DateTime> Left = new(StringComparer.Ordinal);

    private static readonly byte[] Opening = Chunk("""{"role":"assistant","content":""}""", finish: "null");
    private static readonly byte[] Text = Chunk($$"""{"content":" {{Word}}"}""", finish: "null");

    private static readonly byte[] Ending =
    [
        .. Chunk("{}", finish: "\"stop\""),
        .. Event("""{"id":"chatcmpl-5f0c9a3e7b1d4f6c8a2e0d9b7c5a3f1e","object":"chat.completion.chunk","created":1763600000,"model":"paced","choices":[],"usage":{"prompt_tokens":180,"total_tokens":380,"completion_tokens":200}}"""),
        .. "data: [DONE]\n\n"u8,
    ];

    public static async Task RunAsync(int chunks, TimeSpan pace)
    {
        await using var app = BareServer.Build();
        app.MapGet("/v1/models", () => Results.Content(
            $$"""{"object":"list","data":[{"id":"{{Model}}","object":"model"},{"id":"{{IdleModel}}","object":"model"}]}""", "application/json"));
        app.MapGet("/left/{mark}", (string mark) =>
            Left.TryGetValue(mark, out var at) ? Results.Text(at.Ticks.ToString(CultureInfo.InvariantCulture)) : Results.NotFound());
        app.MapPost("/v1/chat/completions", async context =>
        {
            var (stays, mark) = await ReadAsync(context);
            try
            {
                await AnswerAsync(context, stays ? 1 : chunks, pace);
                if (stays)
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                await context.Response.Body.WriteAsync(Ending, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The client has left, as it does with streams that stay open.
                if (mark is not null)
                    Left[mark] = DateTime.UtcNow;
            }
        });
        await BareServer.RunAsync(app);
    }

    /// <summary>The body is not kept: thousands of streams may stay open here too.</summary>
    private static async Task<(bool Stays, string? Mark)> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var start = body.IndexOf(Mark, StringComparison.Ordinal);
        var mark = start < 0 ? null : body[(start + Mark.Length)..body.IndexOf(';', start)];
        return (body.Contains($"\"model\":\"{IdleModel}\"", StringComparison.Ordinal), mark);
    }

    private static async Task AnswerAsync(HttpContext context, int chunks, TimeSpan pace)
    {
        context.Response.ContentType = "text/event-stream";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await context.Response.Body.WriteAsync(Opening, context.RequestAborted);
        using var timer = new PeriodicTimer(pace);
        for (var i = 0; i < chunks; i++)
        {
            await timer.WaitForNextTickAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(Text, context.RequestAborted);
        }
    }

    private static byte[] Chunk(string delta, string finish) => Event(
        $$"""{"id":"chatcmpl-5f0c9a3e7b1d4f6c8a2e0d9b7c5a3f1e","object":"chat.completion.chunk","created":1763600000,"model":"paced","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}},"token_ids":null}]}""");

    private static byte[] Event(string json) => Encoding.UTF8.GetBytes($"data: {json}\n\n");
}
