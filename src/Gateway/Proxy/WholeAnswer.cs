using System.Buffers;
using System.Text.Json;
using Codex.Translation;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>The answer as one JSON, for clients that do not stream.</summary>
internal static class WholeAnswer
{
    public static async Task SendAsync(HttpContext context, ProxyEndpoint endpoint, ResponseObject response)
    {
        var body = endpoint == ProxyEndpoint.Compact ? Compaction(response) : Response(response);
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Response(ResponseObject response)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
            ResponseObjectWriter.Write(writer, response);
        return buffer.WrittenMemory;
    }

    /// <summary>Only what a compaction has: its item and what it cost.</summary>
    private static ReadOnlyMemory<byte> Compaction(ResponseObject response)
    {
        using var whole = JsonDocument.Parse(Response(response));
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, response.Template.Id);
            writer.WriteString("object"u8, "response.compaction"u8);
            writer.WriteNumber("created_at"u8, response.Template.CreatedAt);
            foreach (var name in (ReadOnlySpan<string>)["output", "usage"])
            {
                writer.WritePropertyName(name);
                whole.RootElement.GetProperty(name).WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
