using System.Text;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>Reads JSON values as text, whatever they turn out to be.</summary>
internal static class JsonText
{
    /// <summary>Moves to the next value: a string gives itself, an empty string included; anything else gives null and is skipped.</summary>
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    /// <summary>Moves to the next value and compares it, without making a string of it.</summary>
    public static bool IsString(ref Utf8JsonReader reader, ReadOnlySpan<byte> expected)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.ValueTextEquals(expected);
        reader.Skip();
        return false;
    }

    /// <summary>Moves to the next value: strings and numbers as text, objects and lists as their JSON, null as null.</summary>
    public static string? ReadAny(ref Utf8JsonReader reader)
    {
        reader.Read();
        return CurrentAsText(ref reader);
    }

    /// <summary>As <see cref="ReadAny"/>, for the value the reader stands on; leaves it on the value's last token.</summary>
    public static string? CurrentAsText(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return document.RootElement.GetRawText();
            default:
                return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
