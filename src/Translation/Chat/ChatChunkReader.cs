using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>
/// Reads one chunk of a chat stream, or a whole answer, in every form backends are known to send: choices null or
/// missing, content as parts, reasoning under three names, tool calls as list or object, errors in six shapes.
/// </summary>
public static class ChatChunkReader
{
    /// <summary>Reads one JSON object.</summary>
    /// <returns>False when the bytes are not JSON at all; a JSON value without anything of interest gives an empty chunk.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out ChatChunk chunk)
    {
        try
        {
            chunk = Read(json);
            return true;
        }
        catch (JsonException)
        {
            chunk = default;
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string held bytes or escapes that are no text (a lone surrogate, cut UTF-8). Mend those and read again.
            return TryReadMended(json, out chunk);
        }
    }

    private static bool TryReadMended(ReadOnlySpan<byte> json, out ChatChunk chunk)
    {
        try
        {
            chunk = Read(Encoding.UTF8.GetBytes(LoneSurrogates.Replace(Encoding.UTF8.GetString(json))));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            chunk = default;
            return false;
        }
    }

    private static ChatChunk Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = 128 });
        reader.Read();
        // An error body may be a list of one.
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Read();
        var parts = default(ChunkParts);
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadTop(ref reader, ref parts);
        return parts.ToChunk();
    }

    private static void ReadTop(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
                ReadChoices(ref reader, ref parts);
            else if (reader.ValueTextEquals("usage"u8))
                parts.Usage = ChatUsageReader.Read(ref reader) ?? parts.Usage;
            else if (reader.ValueTextEquals("error"u8))
                parts.Fault = UpstreamFaultReader.ReadValue(ref reader) ?? parts.Fault;
            else if (reader.ValueTextEquals("base_resp"u8))
                parts.Fault = UpstreamFaultReader.ReadStatusObject(ref reader) ?? parts.Fault;
            else if (reader.ValueTextEquals("data"u8))
                ReadWrapped(ref reader, ref parts);
            else if (reader.ValueTextEquals("object"u8))
                parts.SaysError = JsonText.IsString(ref reader, "error"u8);
            else if (reader.ValueTextEquals("success"u8))
                parts.SaysFailed = reader.Read() && reader.TokenType == JsonTokenType.False;
            else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("detail"u8) || reader.ValueTextEquals("msg"u8))
                parts.TopMessage = ChunkParts.NullIfEmpty(UpstreamFaultReader.ReadWords(ref reader)) ?? parts.TopMessage;
            else if (reader.ValueTextEquals("code"u8))
                parts.TopCode = UpstreamFaultReader.ReadWords(ref reader);
            else
                SkipValue(ref reader);
        }
    }

    /// <summary>Some relays wrap the body as <c>{"data":{"choices":…}}</c>; others send <c>"data":null</c>.</summary>
    private static void ReadWrapped(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadTop(ref reader, ref parts);
        else
            reader.Skip();
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        parts.HasChoices = true;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // One answer was asked for; a second choice could only be a duplicate.
            if (first && reader.TokenType == JsonTokenType.StartObject)
            {
                parts.HasChoice = true;
                ReadChoice(ref reader, ref parts);
            }
            else
            {
                reader.Skip();
            }

            first = false;
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8))
            {
                ReadDelta(ref reader, ref parts);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                parts.IsWhole = true;
                ReadDelta(ref reader, ref parts);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                parts.FinishReason = ReadFinishReason(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                parts.Fault = UpstreamFaultReader.ReadValue(ref reader) ?? parts.Fault;
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                parts.Content = JsonText.ReadString(ref reader) ?? parts.Content;
            }
            else
            {
                SkipValue(ref reader);
            }
        }
    }

    private static void ReadDelta(ref Utf8JsonReader reader, ref ChunkParts parts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
                ChatContentReader.Read(ref reader, ref parts);
            else if (reader.ValueTextEquals("reasoning_content"u8))
                parts.ReasoningContent = JsonText.ReadString(ref reader);
            else if (reader.ValueTextEquals("reasoning"u8))
                parts.Reasoning = JsonText.ReadString(ref reader);
            else if (reader.ValueTextEquals("reasoning_details"u8))
                ReasoningDetailsReader.Read(ref reader, ref parts);
            else if (reader.ValueTextEquals("refusal"u8))
                parts.Refusal = JsonText.ReadString(ref reader);
            else if (reader.ValueTextEquals("tool_calls"u8))
                ReadCalls(ToolCallDeltaReader.ReadList(ref reader), ref parts);
            else if (reader.ValueTextEquals("function_call"u8))
                ReadCalls(ToolCallDeltaReader.ReadLegacy(ref reader), ref parts);
            else
                SkipValue(ref reader);
        }
    }

    /// <summary>Many backends send both fields, one of them null.</summary>
    private static void ReadCalls(ImmutableArray<ToolCallDelta> calls, ref ChunkParts parts)
    {
        if (!calls.IsDefault)
            parts.ToolCalls = calls;
    }

    private static string? ReadFinishReason(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        // The three usual words cost no string.
        if (reader.ValueTextEquals("stop"u8))
            return "stop";
        if (reader.ValueTextEquals("tool_calls"u8))
            return "tool_calls";
        if (reader.ValueTextEquals("length"u8))
            return "length";
        var word = reader.GetString();
        return string.IsNullOrEmpty(word) ? null : word;
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
