using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Tools;
using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Mcp;

/// <summary>What a server answered to a call.</summary>
/// <param name="Told">As events show it: <c>content</c>, <c>structured_content</c> and perhaps <c>_meta</c>.</param>
internal sealed record McpResult(JsonElement Told, ImmutableArray<ToolContent> Content, bool IsError)
{
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
    /// <param name="save">Keeps a text whole that is shown in part; gives its file, or null.</param>
    public ToolResult ForModel(TimeSpan took, int limit, Func<string, string?> save)
    {
        var parts = ImmutableArray.CreateBuilder<ToolContent>(Content.Length + 1);
        parts.Add(Head(took));
        var room = limit;
        foreach (var part in Content)
        {
            if (part is not ToolContent.Text { Value: var text })
            {
                parts.Add(part);
                continue;
            }

            parts.Add(new ToolContent.Text(OutputCut.Shorten(text, room, OutputCut.IsTooLong(text, room) ? save(text) : null)));
            room = Math.Max(0, room - OutputCut.Tokens(text));
        }

        return new ToolResult(parts.ToImmutable(), !IsError);
    }

    /// <param name="why">There is no answer of the server.</param>
    public static ToolResult Failed(string why, TimeSpan took) => new([Head(took), new ToolContent.Text(why)], IsSuccess: false);

    private static ToolContent.Text Head(TimeSpan took) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Wall time: {took.TotalSeconds:0.0000} seconds\nOutput:"));

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
