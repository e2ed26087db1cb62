using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>The pieces of tool calls in one chunk.</summary>
internal static class ToolCallDeltaReader
{
    /// <summary><c>tool_calls</c>: a list, or a single object from some backends, or null.</summary>
    public static ImmutableArray<ToolCallDelta> ReadList(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            return [ReadOne(ref reader, position: 0)];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return default;
        }

        var calls = ImmutableArray.CreateBuilder<ToolCallDelta>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                calls.Add(ReadOne(ref reader, calls.Count));
            else
                reader.Skip();
        }

        return calls.Count == 0 ? default : calls.DrainToImmutable();
    }

    /// <summary>The form before <c>tool_calls</c>: <c>function_call: {name, arguments}</c>.</summary>
    public static ImmutableArray<ToolCallDelta> ReadLegacy(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        var (name, arguments) = ReadFunction(ref reader);
        return [new ToolCallDelta(Position: 0, Index: 0, Id: null, name, arguments)];
    }

    private static ToolCallDelta ReadOne(ref Utf8JsonReader reader, int position)
    {
        int? index = null;
        string? id = null, name = null, arguments = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
            {
                index = ReadIndex(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = NullIfEmpty(JsonText.ReadAny(ref reader));
            }
            else if (reader.ValueTextEquals("function"u8) || reader.ValueTextEquals("custom"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                    (name, arguments) = ReadFunction(ref reader);
                else
                    reader.Skip();
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = NullIfEmpty(JsonText.ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                arguments = JsonText.ReadAny(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new ToolCallDelta(position, index, id, name, arguments);
    }

    private static (string? Name, string? Arguments) ReadFunction(ref Utf8JsonReader reader)
    {
        string? name = null, arguments = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = NullIfEmpty(JsonText.ReadString(ref reader));
            }
            else if (reader.ValueTextEquals("arguments"u8) || reader.ValueTextEquals("input"u8))
            {
                // Some backends send the arguments as an object instead of as text.
                arguments = JsonText.ReadAny(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return (name, arguments);
    }

    private static int? ReadIndex(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var index))
            return index;
        return int.TryParse(JsonText.CurrentAsText(ref reader), NumberStyles.Integer, CultureInfo.InvariantCulture, out index) ? index : null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
