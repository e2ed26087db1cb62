using System.Buffers;
using System.Text.Json;
using Codex.Translation;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>OpenAI's error body, <c>{"error":{"message","type","param","code"}}</c>: what every client of ours can read.</summary>
public static class ErrorBody
{
    public static ReadOnlyMemory<byte> Write(ResponseError error)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error"u8);
            writer.WriteString("message"u8, error.Message);
            writer.WriteString("type"u8, error.Type);
            writer.WriteString("param"u8, error.Param);
            writer.WriteString("code"u8, error.Code);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static async Task SendAsync(HttpContext context, int status, ResponseError error)
    {
        var body = Write(error);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
