using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Models;

/// <summary>What a server said to one real, small request.</summary>
internal abstract record ProbeOutcome
{
    private ProbeOutcome()
    {
    }

    /// <summary>A response, as Codex wants it.</summary>
    public sealed record Works : ProbeOutcome;

    /// <param name="Status">The HTTP status.</param>
    /// <param name="Words">What the server says about it, one line, secrets masked; empty when it says nothing.</param>
    public sealed record Refused(int Status, string Words) : ProbeOutcome;

    /// <summary>Success, but the body is no response.</summary>
    public sealed record Foreign(int Status) : ProbeOutcome;

    /// <param name="Reason">For people, with the address.</param>
    public sealed record Failed(string Reason) : ProbeOutcome;
}

/// <summary>Asks a model for one word: <c>POST {base}/responses</c>, at most 16 tokens, not stored, no redirects followed.</summary>
internal static class ResponsesProbe
{
    public const string Path = "/responses";
    private const int MostTokens = 16;
    private const long MostBytes = 1024 * 1024;
    private const int MostWords = 200;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public static async Task<ProbeOutcome> AskAsync(ProviderCall call, string model, CancellationToken cancellation)
    {
        var url = call.Shown(Path);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = LongestWait, MaxResponseContentBufferSize = MostBytes };
        try
        {
            using var request = call.Request(HttpMethod.Post, Path);
            request.Content = new ByteArrayContent(Body(model)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await client.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var status = (int)response.StatusCode;
            return !response.IsSuccessStatusCode ? new ProbeOutcome.Refused(status, Words(body))
                : IsResponse(body) ? new ProbeOutcome.Works()
                : new ProbeOutcome.Foreign(status);
        }
        catch (HttpRequestException e)
        {
            return new ProbeOutcome.Failed($"{url} cannot be reached: {e.Message}");
        }
        catch (FormatException e)
        {
            return new ProbeOutcome.Failed(e.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeOutcome.Failed($"{url} does not answer within {LongestWait.TotalSeconds:0} s");
        }
    }

    private static byte[] Body(string model)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteString("input", "ping");
            json.WriteBoolean("stream", false);
            json.WriteBoolean("store", false);
            json.WriteNumber("max_output_tokens", MostTokens);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static bool IsResponse(byte[] body) =>
        Root(body) is { } root && root.TryGetProperty("object", out var kind) && kind.ValueEquals("response");

    /// <summary>The message of OpenAI's error object, else the beginning of the text.</summary>
    private static string Words(byte[] body)
    {
        var text = Root(body) is { } root && Message(root) is { } message ? message : Encoding.UTF8.GetString(body);
        var line = Printable.Line(text.ReplaceLineEndings(" ").Trim());
        return line.Length > MostWords ? $"{line[..MostWords]}…" : line;
    }

    private static string? Message(JsonElement root)
    {
        var holder = root.TryGetProperty("error", out var error) ? error : root;
        return holder.ValueKind == JsonValueKind.String ? holder.GetString()
            : holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()
            : null;
    }

    private static JsonElement? Root(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
