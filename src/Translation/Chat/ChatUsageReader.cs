using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>Token counts under the names in use: OpenAI's, the Responses names, and cache-hit counts beside them.</summary>
internal static class ChatUsageReader
{
    /// <returns>Null for <c>null</c> and for an object without any count.</returns>
    public static ChatUsage? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? prompt = null, completion = null, total = null;
        long cached = 0, reasoning = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
                prompt = ReadCount(ref reader) ?? prompt;
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
                completion = ReadCount(ref reader) ?? completion;
            else if (reader.ValueTextEquals("total_tokens"u8))
                total = ReadCount(ref reader);
            else if (reader.ValueTextEquals("prompt_cache_hit_tokens"u8) || reader.ValueTextEquals("cached_tokens"u8))
                cached = ReadCount(ref reader) ?? cached;
            else if (reader.ValueTextEquals("prompt_tokens_details"u8) || reader.ValueTextEquals("input_tokens_details"u8))
                cached = ReadDetail(ref reader, "cached_tokens"u8) ?? cached;
            else if (reader.ValueTextEquals("completion_tokens_details"u8) || reader.ValueTextEquals("output_tokens_details"u8))
                reasoning = ReadDetail(ref reader, "reasoning_tokens"u8) ?? reasoning;
            else
                Skip(ref reader);
        }

        if (prompt is null && completion is null)
            return null;
        var output = completion ?? 0;
        // Some backends count reasoning beside the completion and not in it; their total tells.
        if (reasoning > 0 && total == (prompt ?? 0) + output + reasoning)
            output += reasoning;
        return new ChatUsage(prompt ?? 0, output, cached, Math.Min(reasoning, output));
    }

    private static long? ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> key)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? count = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(key))
                count = ReadCount(ref reader) ?? count;
            else
                Skip(ref reader);
        }

        return count;
    }

    private static long? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number)
        {
            reader.Skip();
            return null;
        }

        // Never below zero, and a float ("12.0") is a count all the same.
        return reader.TryGetInt64(out var whole) ? Math.Max(whole, 0) : (long)Math.Clamp(reader.GetDouble(), 0, int.MaxValue);
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
