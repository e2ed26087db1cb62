using System.Buffers;
using System.Text.Json;

namespace Codex.Agent.Conversation;

/// <summary>
/// One item of the conversation. Its bytes are kept as they are: they are sent again with every request, and a prefix
/// that changes by a byte costs the server its cache.
/// </summary>
public abstract record HistoryItem(ReadOnlyMemory<byte> Json)
{
    public sealed record Message(ReadOnlyMemory<byte> Json, string Role, string Text) : HistoryItem(Json);

    public sealed record Reasoning(ReadOnlyMemory<byte> Json, string Text) : HistoryItem(Json)
    {
        /// <summary>Word for word, where the server sends that beside its summary.</summary>
        public string? Raw { get; init; }
    }

    /// <param name="Namespace">Of a tool that was offered in one; null otherwise.</param>
    public sealed record FunctionCall(ReadOnlyMemory<byte> Json, string CallId, string Name, string? Namespace, string Arguments) : HistoryItem(Json);

    public sealed record CustomCall(ReadOnlyMemory<byte> Json, string CallId, string Name, string Input) : HistoryItem(Json);

    /// <param name="Length">Characters of text the model reads.</param>
    public sealed record Output(ReadOnlyMemory<byte> Json, string CallId, int Length) : HistoryItem(Json);

    /// <summary>Kept and sent back, but nothing to act on.</summary>
    public sealed record Other(ReadOnlyMemory<byte> Json, string Type) : HistoryItem(Json);

    public static Message NewMessage(string role, params ReadOnlySpan<string> texts)
    {
        var partType = role == "assistant" ? "output_text"u8 : "input_text"u8;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "message"u8);
            writer.WriteString("role"u8, role);
            writer.WriteStartArray("content"u8);
            foreach (var text in texts)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, partType);
                writer.WriteString("text"u8, text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new Message(buffer.WrittenMemory, role, string.Join('\n', texts.ToArray()));
    }
}
