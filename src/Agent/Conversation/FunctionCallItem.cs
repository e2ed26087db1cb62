using System.Buffers;
using System.Text.Json;

namespace Codex.Agent.Conversation;

/// <summary>Makes the item of a call that the model wrote as text, so that its output has something to belong to.</summary>
public static class FunctionCallItem
{
    /// <summary>Arguments of a single text.</summary>
    public static string Arguments(string name, string value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + 32);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static HistoryItem.FunctionCall Create(string callId, string name, string arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "function_call"u8);
            writer.WriteString("name"u8, name);
            writer.WriteString("arguments"u8, arguments);
            writer.WriteString("call_id"u8, callId);
            writer.WriteEndObject();
        }

        return new HistoryItem.FunctionCall(buffer.WrittenMemory, callId, name, Namespace: null, arguments);
    }
}
