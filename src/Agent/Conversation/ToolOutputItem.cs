using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Tools;

namespace Codex.Agent.Conversation;

/// <summary>Makes the item that carries a result back to the model.</summary>
public static class ToolOutputItem
{
    public static HistoryItem.Output Create(ToolCall call, ToolResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, call.IsFreeForm ? "custom_tool_call_output"u8 : "function_call_output"u8);
            writer.WriteString("call_id"u8, call.CallId);
            writer.WritePropertyName("output"u8);
            WriteContent(writer, result.Content);
            writer.WriteEndObject();
        }

        return new HistoryItem.Output(buffer.WrittenMemory, call.CallId, result.Content.OfType<ToolContent.Text>().Sum(t => t.Value.Length));
    }

    private static void WriteContent(Utf8JsonWriter writer, ImmutableArray<ToolContent> content)
    {
        if (content is [ToolContent.Text only])
        {
            writer.WriteStringValue(only.Value);
            return;
        }

        writer.WriteStartArray();
        foreach (var part in content)
        {
            writer.WriteStartObject();
            switch (part)
            {
                case ToolContent.Text text:
                    writer.WriteString("type"u8, "input_text"u8);
                    writer.WriteString("text"u8, text.Value);
                    break;
                case ToolContent.Image image:
                    writer.WriteString("type"u8, "input_image"u8);
                    writer.WriteString("image_url"u8, image.DataUrl);
                    writer.WriteString("detail"u8, "high"u8);
                    break;
                default:
                    throw new NotSupportedException(part.GetType().Name);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
