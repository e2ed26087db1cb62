using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Conversation;

namespace Codex.Agent.Sessions;

/// <summary>Writes the frame that every line of a rollout file has.</summary>
internal static class RolloutLine
{
    /// <param name="ordinal">Only in files whose lines are numbered.</param>
    public static byte[] Write(DateTimeOffset when, long? ordinal, string type, Action<Utf8JsonWriter> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, Timestamp(when));
            if (ordinal is { } number)
                writer.WriteNumber("ordinal"u8, number);
            writer.WriteString("type"u8, type);
            writer.WritePropertyName("payload"u8);
            payload(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Timestamp(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>An item as it is; on one line, even if a server sent it on several.</summary>
    public static void WriteItem(Utf8JsonWriter writer, HistoryItem item)
    {
        if (item.Json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            writer.WriteRawValue(item.Json.Span, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(item.Json);
        document.RootElement.WriteTo(writer);
    }
}
