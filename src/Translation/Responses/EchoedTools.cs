using System.Buffers;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>The <c>tools</c> of a response object: as sent, with the keys of a function that clients' schemas require.</summary>
internal static class EchoedTools
{
    private static readonly byte[] None = "[]"u8.ToArray();

    public static ReadOnlyMemory<byte> Write(JsonElement? tools)
    {
        if (tools is not { ValueKind: JsonValueKind.Array } array)
            return None;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartArray();
            foreach (var tool in array.EnumerateArray())
                WriteTool(writer, tool);
            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteTool(Utf8JsonWriter writer, JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object
            || !tool.TryGetProperty("type"u8, out var type)
            || !type.ValueEquals("function"u8))
        {
            tool.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var field in tool.EnumerateObject())
            field.WriteTo(writer);
        // The specification has these three on every function tool, null where nothing was said.
        foreach (var key in (ReadOnlySpan<string>)["description", "parameters", "strict"])
        {
            if (!tool.TryGetProperty(key, out _))
                writer.WriteNull(key);
        }

        writer.WriteEndObject();
    }
}
