using System.Collections.Immutable;
using System.Text.Json;
using Codex.Translation.Dialects;

namespace Codex.Translation.Chat;

/// <summary>Writes one message of a chat.</summary>
internal static class ChatMessageWriter
{
    public static void Write(Utf8JsonWriter writer, ChatMessage message, Dialect dialect)
    {
        writer.WriteStartObject();
        switch (message)
        {
            case ChatMessage.Instructions instructions:
                writer.WriteString("role"u8, instructions.Role);
                writer.WriteString("content"u8, instructions.Text);
                break;
            case ChatMessage.User user:
                writer.WriteString("role"u8, "user"u8);
                WriteParts(writer, user.Parts);
                break;
            case ChatMessage.Assistant assistant:
                WriteAssistant(writer, assistant, dialect);
                break;
            case ChatMessage.Tool tool:
                writer.WriteString("role"u8, "tool"u8);
                writer.WriteString("tool_call_id"u8, tool.CallId);
                writer.WriteString("content"u8, tool.Text);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, message: null);
        }

        writer.WriteEndObject();
    }

    private static void WriteAssistant(Utf8JsonWriter writer, ChatMessage.Assistant assistant, Dialect dialect)
    {
        writer.WriteString("role"u8, "assistant"u8);
        if (assistant.Text is not null)
            writer.WriteString("content"u8, assistant.Text);
        else
            WriteEmptyContent(writer, assistant.ToolCalls.IsEmpty ? EmptyContent.EmptyString : dialect.EmptyContent);
        WriteReasoning(writer, assistant, dialect);
        if (assistant.ToolCalls.IsEmpty)
            return;
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in assistant.ToolCalls)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, call.Id);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, call.Arguments);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEmptyContent(Utf8JsonWriter writer, EmptyContent form)
    {
        switch (form)
        {
            case EmptyContent.Null:
                writer.WriteNull("content"u8);
                break;
            case EmptyContent.EmptyString:
                writer.WriteString("content"u8, ""u8);
                break;
            case EmptyContent.Parts:
                writer.WriteStartArray("content"u8);
                WritePart(writer, new ChatPart.Text(""));
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, message: null);
        }
    }

    private static void WriteReasoning(Utf8JsonWriter writer, ChatMessage.Assistant assistant, Dialect dialect)
    {
        // Where a backend gave details, those are what it wants back, unchanged; the plain text would repeat them.
        if (assistant.ReasoningDetails is { } details && dialect.ReplaysReasoningDetails)
        {
            writer.WritePropertyName("reasoning_details"u8);
            writer.WriteRawValue(details, skipInputValidation: true);
        }
        else if (assistant.Reasoning is { } reasoning && dialect.ReasoningReplayField is { } field)
        {
            writer.WriteString(field, reasoning);
        }
    }

    /// <summary>Text alone is sent as a string: not every backend takes a list of parts.</summary>
    private static void WriteParts(Utf8JsonWriter writer, ImmutableArray<ChatPart> parts)
    {
        if (parts.All(p => p is ChatPart.Text))
        {
            writer.WriteString("content"u8, string.Join("\n\n", parts.OfType<ChatPart.Text>().Select(t => t.Value)));
            return;
        }

        writer.WriteStartArray("content"u8);
        foreach (var part in parts)
            WritePart(writer, part);
        writer.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter writer, ChatPart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case ChatPart.Text text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Value);
                break;
            case ChatPart.Image image:
                writer.WriteString("type"u8, "image_url"u8);
                writer.WriteStartObject("image_url"u8);
                writer.WriteString("url"u8, image.Url);
                if (image.Detail is not null)
                    writer.WriteString("detail"u8, image.Detail);
                writer.WriteEndObject();
                break;
            case ChatPart.File file:
                writer.WriteString("type"u8, "file"u8);
                writer.WriteStartObject("file"u8);
                WriteOptional(writer, "filename"u8, file.Name);
                WriteOptional(writer, "file_data"u8, file.Data);
                WriteOptional(writer, "file_id"u8, file.Id);
                writer.WriteEndObject();
                break;
            case ChatPart.Audio audio:
                writer.WriteString("type"u8, "input_audio"u8);
                writer.WriteStartObject("input_audio"u8);
                writer.WriteString("data"u8, audio.Data);
                writer.WriteString("format"u8, audio.Format);
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, message: null);
        }

        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
