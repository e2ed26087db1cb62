using System.Text;
using System.Text.Json;

namespace Codex.Agent.Conversation;

/// <summary>Reads an item as a server or a session file gives it.</summary>
public static class HistoryItemReader
{
    /// <summary>Null for what is no item: no object, or one without a type.</summary>
    public static HistoryItem? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "type") is not { } type)
            return null;
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes(item.GetRawText());
        return type switch
        {
            "message" => new HistoryItem.Message(json, Text(item, "role") ?? "assistant", TextOf(item, "content")),
            "reasoning" => new HistoryItem.Reasoning(json, ReasoningText(item)) { Raw = TextOf(item, "content") is { Length: > 0 } raw ? raw : null },
            "function_call" when Text(item, "name") is { } name && Text(item, "call_id") is { } id =>
                new HistoryItem.FunctionCall(json, id, name, Text(item, "namespace"), Text(item, "arguments") ?? ""),
            "custom_tool_call" when Text(item, "name") is { } name && Text(item, "call_id") is { } id =>
                new HistoryItem.CustomCall(json, id, name, Text(item, "input") ?? ""),
            "function_call_output" or "custom_tool_call_output" when Text(item, "call_id") is { } id =>
                new HistoryItem.Output(json, id, TextOf(item, "output").Length),
            _ => new HistoryItem.Other(json, type),
        };
    }

    private static string ReasoningText(JsonElement item) =>
        TextOf(item, "summary") is { Length: > 0 } summary ? summary : TextOf(item, "content");

    /// <summary>The text of a string, or of all parts of a list joined by line ends.</summary>
    private static string TextOf(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value))
            return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(p => Text(p, "text")).OfType<string>()),
            _ => "",
        };
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
