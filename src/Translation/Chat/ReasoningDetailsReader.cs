using System.Text;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary><c>reasoning_details</c>: kept as raw JSON, since it must be replayed unchanged, and read for its text.</summary>
internal static class ReasoningDetailsReader
{
    public static void Read(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var raw = new StringBuilder();
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            if (raw.Length > 0)
                raw.Append(',');
            raw.Append(entry.GetRawText());
            parts.DetailsText += TextOf(entry);
        }

        if (raw.Length > 0)
            parts.Details = raw.ToString();
    }

    private static string? TextOf(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return null;
        if (entry.TryGetProperty("text"u8, out var text) && text.ValueKind == JsonValueKind.String)
            return text.GetString();
        return entry.TryGetProperty("summary"u8, out var summary) && summary.ValueKind == JsonValueKind.String ? summary.GetString() : null;
    }
}
