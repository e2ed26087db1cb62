using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Translation.Dialects;

namespace Codex.Translation.Chat;

/// <summary>
/// Writes a chat request. Order and form are fixed: a backend's prefix cache works on the rendered messages, and
/// tests on the bytes.
/// </summary>
public static class ChatRequestWriter
{
    public static byte[] Write(ChatRequest request, Dialect dialect)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, request.Model);
            writer.WriteStartArray("messages"u8);
            foreach (var message in request.Messages)
                ChatMessageWriter.Write(writer, message, dialect);
            writer.WriteEndArray();
            WriteTools(writer, request);
            WriteFormat(writer, request.ResponseFormat);
            WriteSampling(writer, request, dialect);
            foreach (var (name, json) in request.Extra)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json, skipInputValidation: true);
            }

            writer.WriteBoolean("stream"u8, request.Stream);
            if (request is { Stream: true, IncludeUsage: true })
            {
                writer.WriteStartObject("stream_options"u8);
                writer.WriteBoolean("include_usage"u8, value: true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTools(Utf8JsonWriter writer, ChatRequest request)
    {
        if (request.Tools.IsEmpty)
            return;
        writer.WriteStartArray("tools"u8);
        foreach (var tool in request.Tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, tool.Name);
            if (tool.Description is not null)
                writer.WriteString("description"u8, tool.Description);
            writer.WritePropertyName("parameters"u8);
            writer.WriteRawValue(tool.Parameters, skipInputValidation: true);
            if (tool.Strict is { } strict)
                writer.WriteBoolean("strict"u8, strict);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteToolChoice(writer, request.ToolChoice);
        if (request.ParallelToolCalls is { } parallel)
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
    }

    private static void WriteToolChoice(Utf8JsonWriter writer, ChatToolChoice? choice)
    {
        switch (choice)
        {
            case null:
                break;
            case ChatToolChoice.None:
                writer.WriteString("tool_choice"u8, "none"u8);
                break;
            case ChatToolChoice.Required:
                writer.WriteString("tool_choice"u8, "required"u8);
                break;
            case ChatToolChoice.Function function:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteStartObject("function"u8);
                writer.WriteString("name"u8, function.Name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(choice), choice, message: null);
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        switch (format)
        {
            case null:
                break;
            case ChatResponseFormat.JsonObject:
                writer.WriteStartObject("response_format"u8);
                writer.WriteString("type"u8, "json_object"u8);
                writer.WriteEndObject();
                break;
            case ChatResponseFormat.JsonSchema schema:
                writer.WriteStartObject("response_format"u8);
                writer.WriteString("type"u8, "json_schema"u8);
                writer.WriteStartObject("json_schema"u8);
                writer.WriteString("name"u8, schema.Name);
                if (schema.Description is not null)
                    writer.WriteString("description"u8, schema.Description);
                writer.WritePropertyName("schema"u8);
                writer.WriteRawValue(schema.Schema, skipInputValidation: true);
                if (schema.Strict is { } strict)
                    writer.WriteBoolean("strict"u8, strict);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, message: null);
        }
    }

    private static void WriteSampling(Utf8JsonWriter writer, ChatRequest request, Dialect dialect)
    {
        if (request.MaxTokens is { } most)
            writer.WriteNumber(dialect.MaxTokensField, most);
        WriteNumber(writer, "temperature"u8, request.Temperature);
        WriteNumber(writer, "top_p"u8, request.TopP);
        WriteNumber(writer, "presence_penalty"u8, request.PresencePenalty);
        WriteNumber(writer, "frequency_penalty"u8, request.FrequencyPenalty);
        WriteStop(writer, request.Stop);
        if (request.Seed is { } seed)
            writer.WriteNumber("seed"u8, seed);
        if (request.TopLogprobs is { } top)
        {
            writer.WriteBoolean("logprobs"u8, value: true);
            writer.WriteNumber("top_logprobs"u8, top);
        }

        if (request.ServiceTier is not null)
            writer.WriteString("service_tier"u8, request.ServiceTier);
        if (request.PromptCacheKey is not null)
            writer.WriteString("prompt_cache_key"u8, request.PromptCacheKey);
        if (request.User is not null)
            writer.WriteString("user"u8, request.User);
        if (request.Metadata is { } metadata)
        {
            writer.WritePropertyName("metadata"u8);
            metadata.WriteTo(writer);
        }
    }

    private static void WriteStop(Utf8JsonWriter writer, ImmutableArray<string> stop)
    {
        if (stop.IsEmpty)
            return;
        writer.WriteStartArray("stop"u8);
        foreach (var word in stop)
            writer.WriteStringValue(word);
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }
}
