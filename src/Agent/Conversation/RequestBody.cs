using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Models;
using Codex.Agent.Tools;

namespace Codex.Agent.Conversation;

/// <summary>Writes requests. Equal conversations give equal bytes, from the first to the last that they share.</summary>
public sealed class RequestBody
{
    private readonly byte[] _tools;
    private readonly ModelProfile _model;
    private readonly string _threadId;
    private readonly JsonElement? _outputSchema;
    private readonly string? _summary;

    /// <param name="outputSchema">What the last message must fit; null for free text.</param>
    /// <param name="reasoningSummary">auto, concise, detailed; null asks for none.</param>
    public RequestBody(
        ModelProfile model, ImmutableArray<ToolSpec> tools, string threadId, JsonElement? outputSchema = null, string? reasoningSummary = "auto")
    {
        _model = model;
        _threadId = threadId;
        _outputSchema = outputSchema;
        _summary = reasoningSummary;
        _tools = WriteTools(tools, model);
    }

    /// <summary>Tokens that the tools take up in every request.</summary>
    public int ToolTokens => TokenEstimate.Of(_tools.Length);

    public ReadOnlyMemory<byte> Write(AgentConversation conversation) =>
        Write(conversation.Prefix.Concat(conversation.Items), withTools: true, maxOutput: _model.MaxOutput);

    /// <summary>For a summary: no tools, no reasoning, a bounded answer.</summary>
    public ReadOnlyMemory<byte> WriteSummaryRequest(IEnumerable<HistoryItem> items, int maxOutput) => Write(items, withTools: false, maxOutput);

    private ReadOnlyMemory<byte> Write(IEnumerable<HistoryItem> items, bool withTools, int? maxOutput)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, _model.Slug);
            writer.WriteBoolean("stream"u8, value: true);
            writer.WriteStartArray("input"u8);
            foreach (var item in items)
                writer.WriteRawValue(item.Json.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WritePropertyName("tools"u8);
            writer.WriteRawValue(withTools ? _tools : "[]"u8, skipInputValidation: true);
            writer.WriteString("tool_choice"u8, "auto"u8);
            writer.WriteBoolean("parallel_tool_calls"u8, _model.CallsInParallel);
            WriteReasoning(writer, withTools);
            writer.WriteBoolean("store"u8, value: false);
            writer.WriteStartArray("include"u8);
            writer.WriteStringValue("reasoning.encrypted_content"u8);
            writer.WriteEndArray();
            writer.WriteString("prompt_cache_key"u8, _threadId);
            if (maxOutput is { } limit)
                writer.WriteNumber("max_output_tokens"u8, limit);
            if (withTools && (_outputSchema is not null || _model.Verbosity is not null))
                WriteText(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void WriteReasoning(Utf8JsonWriter writer, bool isTurn)
    {
        writer.WriteStartObject("reasoning"u8);
        if (isTurn && _model.ReasoningEffort is { } effort)
            writer.WriteString("effort"u8, effort);
        if (isTurn && _summary is { } summary)
            writer.WriteString("summary"u8, summary);
        writer.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("text"u8);
        if (_model.Verbosity is { } verbosity)
            writer.WriteString("verbosity"u8, verbosity);
        if (_outputSchema is { } schema)
            WriteFormat(writer, schema);
        writer.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter writer, JsonElement schema)
    {
        writer.WriteStartObject("format"u8);
        writer.WriteString("type"u8, "json_schema"u8);
        writer.WriteBoolean("strict"u8, value: true);
        writer.WritePropertyName("schema"u8);
        schema.WriteTo(writer);
        writer.WriteString("name"u8, "codex_output_schema"u8);
        writer.WriteEndObject();
    }

    private static byte[] WriteTools(ImmutableArray<ToolSpec> tools, ModelProfile model)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartArray();
            // A model that writes its calls as text is told of the tools in its instructions.
            foreach (var tool in model.CallsAsText ? [] : tools)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "function"u8);
                writer.WriteString("name"u8, tool.Name);
                writer.WriteString("description"u8, tool.Description);
                writer.WriteBoolean("strict"u8, value: false);
                writer.WritePropertyName("parameters"u8);
                tool.Parameters.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
