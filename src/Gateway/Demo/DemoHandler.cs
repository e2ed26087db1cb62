using System.Net;
using System.Net.Http.Headers;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Demo;

/// <summary>
/// The demo backend as an HTTP handler: the gateway forwards to it as to any upstream, and no port is opened.
/// Serves <c>POST …/chat/completions</c> and <c>GET …/models</c>.
/// </summary>
public sealed class DemoHandler(TimeProvider time) : HttpMessageHandler
{
    /// <summary>The base URL of the demo provider; <c>.invalid</c> never resolves (RFC 2606).</summary>
    public const string BaseUrl = "http://demo.invalid/v1";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var script = await AnswerAsync(request, cancellationToken);
        var (head, body) = await ScriptStream.StartAsync(script, time, cancellationToken);
        var response = new HttpResponseMessage((HttpStatusCode)head.Status)
        {
            Content = new StreamContent(body),
            RequestMessage = request,
        };
        foreach (var (name, value) in head.Headers)
        {
            if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
                response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else
                response.Headers.Add(name, value);
        }

        return response;
    }

    private async Task<ChatScript> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var path = request.RequestUri?.AbsolutePath.TrimEnd('/') ?? "";
        if (request.Method == HttpMethod.Post && path.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation);
            return DemoModel.Answer(body, time.GetUtcNow().ToUnixTimeSeconds());
        }

        return request.Method == HttpMethod.Get && path.EndsWith("/models", StringComparison.Ordinal)
            ? ChatScript.Body(200, Models)
            : ChatScript.Error(404, $"The demo backend has no {request.Method} {path}.", "invalid_request_error");
    }

    private static string Models { get; } = ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        writer.WriteStartObject();
        writer.WriteString("id", DemoModel.Name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "codex-gateway");
        writer.WriteNumber("context_length", DemoModel.ContextLength);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
