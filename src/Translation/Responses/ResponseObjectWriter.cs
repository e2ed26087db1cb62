using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>
/// Writes a response object with every key of the specification in every state: clients validate against schemas
/// in which all of them are required.
/// </summary>
public static class ResponseObjectWriter
{
    public static void Write(Utf8JsonWriter writer, ResponseObject response)
    {
        var request = response.Template.Request;
        writer.WriteStartObject();
        writer.WriteString("id"u8, response.Template.Id);
        writer.WriteString("object"u8, "response"u8);
        writer.WriteNumber("created_at"u8, response.Template.CreatedAt);
        WriteNumberOrNull(writer, "completed_at"u8, response.CompletedAt);
        writer.WriteString("status"u8, Word(response.Status));
        WriteIncomplete(writer, response.IncompleteReason);
        writer.WriteString("model"u8, request.Model);
        writer.WriteString("previous_response_id"u8, request.PreviousResponseId);
        writer.WriteString("instructions"u8, request.Instructions);
        writer.WriteStartArray("output"u8);
        foreach (var item in response.Output)
            OutputItemWriter.Write(writer, item);
        writer.WriteEndArray();
        WriteError(writer, response.Error);
        writer.WritePropertyName("tools"u8);
        writer.WriteRawValue(response.Template.EchoedTools.Span, skipInputValidation: true);
        WriteToolChoice(writer, request.ToolChoiceAsSent);
        writer.WriteString("truncation"u8, request.Truncation ?? "disabled");
        writer.WriteBoolean("parallel_tool_calls"u8, request.ParallelToolCalls ?? true);
        WriteText(writer, request.Text);
        writer.WriteNumber("top_p"u8, request.TopP ?? 1);
        writer.WriteNumber("presence_penalty"u8, request.PresencePenalty ?? 0);
        writer.WriteNumber("frequency_penalty"u8, request.FrequencyPenalty ?? 0);
        writer.WriteNumber("top_logprobs"u8, request.TopLogprobs ?? 0);
        writer.WriteNumber("temperature"u8, request.Temperature ?? 1);
        WriteReasoning(writer, request.Reasoning);
        WriteUsage(writer, response.Usage);
        WriteNumberOrNull(writer, "max_output_tokens"u8, request.MaxOutputTokens);
        WriteNumberOrNull(writer, "max_tool_calls"u8, request.MaxToolCalls);
        // Nothing is kept here, whatever was asked: an answer that claimed otherwise would send clients looking for it.
        writer.WriteBoolean("store"u8, value: false);
        writer.WriteBoolean("background"u8, request.Background ?? false);
        writer.WriteString("service_tier"u8, request.ServiceTier ?? "default");
        WriteMetadata(writer, request.Metadata);
        writer.WriteString("safety_identifier"u8, request.SafetyIdentifier);
        writer.WriteString("prompt_cache_key"u8, request.PromptCacheKey);
        writer.WriteEndObject();
    }

    /// <summary>The <c>error</c> member of a response object.</summary>
    internal static void WriteError(Utf8JsonWriter writer, ResponseError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error"u8);
            return;
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("param"u8, error.Param);
        writer.WriteEndObject();
    }

    /// <summary>Codex refuses a usage object in which either details object lacks its count (symptom 46).</summary>
    public static void WriteUsage(Utf8JsonWriter writer, ResponseUsage? usage)
    {
        if (usage is null)
        {
            writer.WriteNull("usage"u8);
            return;
        }

        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, usage.InputTokens);
        writer.WriteStartObject("input_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedTokens);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, usage.OutputTokens);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokens);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens"u8, usage.TotalTokens);
        if (usage.Estimated)
            writer.WriteBoolean("estimated"u8, value: true);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(ResponseStatus status) => status switch
    {
        ResponseStatus.InProgress => "in_progress"u8,
        ResponseStatus.Completed => "completed"u8,
        ResponseStatus.Incomplete => "incomplete"u8,
        ResponseStatus.Failed => "failed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    private static void WriteIncomplete(Utf8JsonWriter writer, string? reason)
    {
        if (reason is null)
        {
            writer.WriteNull("incomplete_details"u8);
            return;
        }

        writer.WriteStartObject("incomplete_details"u8);
        writer.WriteString("reason"u8, reason);
        writer.WriteEndObject();
    }

    private static void WriteToolChoice(Utf8JsonWriter writer, JsonElement? choice)
    {
        writer.WritePropertyName("tool_choice"u8);
        if (choice is { } sent)
            sent.WriteTo(writer);
        else
            writer.WriteStringValue("auto"u8);
    }

    private static void WriteText(Utf8JsonWriter writer, TextOptions? text)
    {
        writer.WriteStartObject("text"u8);
        writer.WriteStartObject("format"u8);
        switch (text?.Format)
        {
            case null or TextFormat.Plain:
                writer.WriteString("type"u8, "text"u8);
                break;
            case TextFormat.AnyJson:
                writer.WriteString("type"u8, "json_object"u8);
                break;
            case TextFormat.Schema schema:
                writer.WriteString("type"u8, "json_schema"u8);
                writer.WriteString("name"u8, schema.Name);
                writer.WriteString("description"u8, schema.Description);
                writer.WritePropertyName("schema"u8);
                schema.Definition.WriteTo(writer);
                writer.WriteBoolean("strict"u8, schema.Strict ?? false);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(text), text, message: null);
        }

        writer.WriteEndObject();
        if (text?.Verbosity is { } verbosity)
            writer.WriteString("verbosity"u8, verbosity);
        writer.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter writer, ReasoningOptions? reasoning)
    {
        writer.WriteStartObject("reasoning"u8);
        writer.WriteString("effort"u8, reasoning?.Effort);
        writer.WriteString("summary"u8, reasoning?.Summary);
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement? metadata)
    {
        writer.WritePropertyName("metadata"u8);
        if (metadata is { ValueKind: JsonValueKind.Object } sent)
        {
            sent.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    private static void WriteNumberOrNull(Utf8JsonWriter writer, ReadOnlySpan<byte> key, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(key, number);
        else
            writer.WriteNull(key);
    }
}
