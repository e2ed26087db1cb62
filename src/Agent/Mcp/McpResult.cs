using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Tools;

namespace Codex.Agent.Mcp;

/// <summary>What a server answered to a call.</summary>
/// <param name="Told">As events show it: <c>content</c>, <c>structured_content</c> and perhaps <c>_meta</c>.</param>
internal sealed record McpResult(JsonElement Told, ImmutableArray<ToolContent> Content, bool IsError)
{
    /// <summary>Characters of a token, about.</summary>
    private const int TokenLength = 4;

    public static McpResult Read(JsonElement result)
    {
        var content = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("content", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(Part).ToImmutableArray()
            : [];
        var structured = Property(result, "structuredContent");
        if (content.IsEmpty && structured is { } data)
            content = [new ToolContent.Text(data.GetRawText())];
        return new McpResult(Tell(result, structured), content, Property(result, "isError") is { ValueKind: JsonValueKind.True });
    }

    /// <param name="limit">Tokens of text.</param>
    public ToolResult ForModel(TimeSpan took, int limit)
    {
        var parts = ImmutableArray.CreateBuilder<ToolContent>(Content.Length + 1);
        parts.Add(new ToolContent.Text(string.Create(CultureInfo.InvariantCulture, $"Wall time: {took.TotalSeconds:0.0000} seconds\nOutput:")));
        var room = (long)limit * TokenLength;
        foreach (var part in Content)
        {
            parts.Add(part is ToolContent.Text text ? new ToolContent.Text(Shortened(text.Value, room)) : part);
            room = Math.Max(0, room - (part as ToolContent.Text)?.Value.Length ?? 0);
        }

        return new ToolResult(parts.ToImmutable(), !IsError);
    }

    private static ToolContent Part(JsonElement part) => Text(part, "type") switch
    {
        "text" when Text(part, "text") is { } text => new ToolContent.Text(text),
        "image" when Text(part, "data") is { } data => new ToolContent.Image($"data:{Text(part, "mimeType") ?? "image/png"};base64,{data}"),
        "resource" when Property(part, "resource") is { } resource && Text(resource, "text") is { } text => new ToolContent.Text(text),
        // No model hears it, and its data would fill the window.
        "audio" => new ToolContent.Text("[audio that cannot be played here]"),
        "resource" => new ToolContent.Text("[binary resource]"),
        _ => new ToolContent.Text(part.GetRawText()),
    };

    private static string Shortened(string text, long room)
    {
        if (text.Length <= room)
            return text;
        var half = (int)(room / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{Whole(text[..half])}\n… {text.Length - (2 * half)} characters left out …\n{Whole(text[^half..])}");
    }

    /// <summary>Without half of a surrogate pair at either end.</summary>
    private static string Whole(string text)
    {
        var start = text.Length > 0 && char.IsLowSurrogate(text[0]) ? 1 : 0;
        var end = text.Length > start && char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
        return text[start..end];
    }

    private static JsonElement Tell(JsonElement result, JsonElement? structured)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("content"u8);
            if (Property(result, "content") is { ValueKind: JsonValueKind.Array } content)
                content.WriteTo(writer);
            else
                writer.WriteRawValue("[]"u8);
            writer.WritePropertyName("structured_content"u8);
            if (structured is { } data)
                data.WriteTo(writer);
            else
                writer.WriteNullValue();
            if (Property(result, "_meta") is { } meta)
            {
                writer.WritePropertyName("_meta"u8);
                meta.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
