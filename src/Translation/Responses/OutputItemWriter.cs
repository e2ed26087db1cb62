using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>Writes one item of <c>output</c>; the same shape in <c>added</c>, <c>done</c> and the response object.</summary>
public static class OutputItemWriter
{
    public static void Write(Utf8JsonWriter writer, OutputItem item)
    {
        writer.WriteStartObject();
        switch (item)
        {
            case OutputItem.Message message:
                WriteHead(writer, "message"u8, item);
                writer.WriteString("role"u8, "assistant"u8);
                writer.WriteStartArray("content"u8);
                foreach (var part in message.Content)
                    WritePart(writer, part);
                writer.WriteEndArray();
                break;
            case OutputItem.Reasoning reasoning:
                WriteReasoning(writer, reasoning);
                break;
            case OutputItem.FunctionCall call:
                WriteHead(writer, "function_call"u8, item);
                WriteCall(writer, call.CallId, call.Name, call.Namespace);
                writer.WriteString("arguments"u8, call.Arguments);
                break;
            case OutputItem.CustomToolCall call:
                WriteHead(writer, "custom_tool_call"u8, item);
                WriteCall(writer, call.CallId, call.Name, call.Namespace);
                writer.WriteString("input"u8, call.Input);
                break;
            case OutputItem.ToolSearchCall call:
                WriteHead(writer, "tool_search_call"u8, item);
                writer.WriteString("call_id"u8, call.CallId);
                writer.WriteString("execution"u8, "client"u8);
                writer.WritePropertyName("arguments"u8);
                writer.WriteRawValue(call.Arguments, skipInputValidation: true);
                break;
            case OutputItem.LocalShellCall call:
                WriteHead(writer, "local_shell_call"u8, item);
                writer.WriteString("call_id"u8, call.CallId);
                writer.WritePropertyName("action"u8);
                writer.WriteRawValue(call.Action, skipInputValidation: true);
                break;
            case OutputItem.Compaction compaction:
                writer.WriteString("type"u8, "compaction"u8);
                writer.WriteString("id"u8, compaction.Id);
                writer.WriteString("encrypted_content"u8, compaction.EncryptedContent);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(item), item, message: null);
        }

        writer.WriteEndObject();
    }

    public static void WritePart(Utf8JsonWriter writer, OutputPart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case OutputPart.Text text:
                writer.WriteString("type"u8, "output_text"u8);
                writer.WriteString("text"u8, text.Value);
                // Both are required by the schema of a text part, and helpers append to them.
                writer.WriteStartArray("annotations"u8);
                writer.WriteEndArray();
                writer.WriteStartArray("logprobs"u8);
                writer.WriteEndArray();
                break;
            case OutputPart.Refusal refusal:
                writer.WriteString("type"u8, "refusal"u8);
                writer.WriteString("refusal"u8, refusal.Value);
                break;
            case OutputPart.Reasoning reasoning:
                writer.WriteString("type"u8, "reasoning_text"u8);
                writer.WriteString("text"u8, reasoning.Value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, message: null);
        }

        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, ReadOnlySpan<byte> type, OutputItem item)
    {
        writer.WriteString("type"u8, type);
        writer.WriteString("id"u8, item.Id);
        writer.WriteString("status"u8, Word(item.Status));
    }

    private static void WriteCall(Utf8JsonWriter writer, string callId, string name, string? ns)
    {
        writer.WriteString("call_id"u8, callId);
        writer.WriteString("name"u8, name);
        // A namespace on a tool that never had one makes Codex look for "execexec" (symptom 14).
        if (ns is not null)
            writer.WriteString("namespace"u8, ns);
    }

    private static void WriteReasoning(Utf8JsonWriter writer, OutputItem.Reasoning reasoning)
    {
        WriteHead(writer, "reasoning"u8, reasoning);
        writer.WriteStartArray("summary"u8);
        foreach (var text in reasoning.Summary)
            WriteText(writer, "summary_text"u8, text);
        writer.WriteEndArray();
        if (reasoning.Content is { } content)
        {
            writer.WriteStartArray("content"u8);
            WriteText(writer, "reasoning_text"u8, content);
            writer.WriteEndArray();
        }

        writer.WriteString("encrypted_content"u8, reasoning.EncryptedContent);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(ItemStatus status) => status switch
    {
        ItemStatus.InProgress => "in_progress"u8,
        ItemStatus.Completed => "completed"u8,
        ItemStatus.Incomplete => "incomplete"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };
}
