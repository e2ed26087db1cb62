using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary><c>content</c>: a string, null, or a list of parts among which some hold reasoning.</summary>
internal static class ChatContentReader
{
    public static void Read(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                parts.Content = reader.GetString();
                break;
            case JsonTokenType.StartArray:
                using (var document = JsonDocument.ParseValue(ref reader))
                    ReadParts(document.RootElement, ref parts);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void ReadParts(JsonElement list, ref ChunkParts parts)
    {
        foreach (var part in list.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String)
            {
                parts.Content += part.GetString();
                continue;
            }

            if (part.ValueKind != JsonValueKind.Object)
                continue;
            if (part.TryGetProperty("thinking"u8, out var thinking))
                parts.ContentReasoning += Words(thinking);
            else if (part.TryGetProperty("text"u8, out var text) && text.ValueKind == JsonValueKind.String)
                parts.Content += text.GetString();
        }
    }

    /// <summary>A thinking part holds its text as a string or again as a list of text parts.</summary>
    private static string Words(JsonElement thinking) => thinking.ValueKind switch
    {
        JsonValueKind.String => thinking.GetString()!,
        JsonValueKind.Array => string.Concat(thinking.EnumerateArray().Select(TextOf)),
        _ => "",
    };

    private static string TextOf(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text"u8, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
