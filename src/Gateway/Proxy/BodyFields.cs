using System.Text.Json;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>The few fields that decide where a body goes which is passed on as it is.</summary>
public sealed record BodyFields(string Model, bool Stream, string? PromptCacheKey)
{
    private Range ModelToken { get; init; }

    /// <summary>Reads only the top level; everything else is the backend's to judge.</summary>
    public static BodyFields? Read(ReadOnlySpan<byte> body, out RequestFault? fault)
    {
        try
        {
            fault = null;
            var fields = ReadTopLevel(body);
            if (fields.Model.Length > 0)
                return fields;
            fault = new RequestFault("The request names no model; set the field 'model'.", "model", "missing_required_parameter");
        }
        catch (JsonException broken)
        {
            var (line, column) = ((int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1);
            fault = new RequestFault(
                $"The request body is not a valid JSON object (line {line}, column {column}).", Code: "invalid_json", Line: line, Column: column);
        }

        return null;
    }

    /// <summary>The body with another model name, every other byte the same; the very body when the name is the same.</summary>
    public ReadOnlyMemory<byte> WithModel(ReadOnlyMemory<byte> body, string model)
    {
        if (model == Model)
            return body;
        var name = JsonEncodedText.Encode(model, Translation.WireJson.Options.Encoder).EncodedUtf8Bytes;
        var (start, length) = ModelToken.GetOffsetAndLength(body.Length);
        var changed = new byte[body.Length - length + name.Length + 2];
        var span = changed.AsSpan();
        body.Span[..start].CopyTo(span);
        span[start] = (byte)'"';
        name.CopyTo(span[(start + 1)..]);
        span[start + 1 + name.Length] = (byte)'"';
        body.Span[(start + length)..].CopyTo(span[(start + name.Length + 2)..]);
        return changed;
    }

    private static BodyFields ReadTopLevel(ReadOnlySpan<byte> body)
    {
        var fields = new BodyFields("", Stream: false, PromptCacheKey: null);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException(message: null, path: null, lineNumber: 0, bytePositionInLine: 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isModel = reader.ValueTextEquals("model"u8);
            var isStream = reader.ValueTextEquals("stream"u8);
            var isKey = reader.ValueTextEquals("prompt_cache_key"u8);
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
                fields = fields with { Model = reader.GetString()!, ModelToken = (int)reader.TokenStartIndex..(int)reader.BytesConsumed };
            else if (isStream)
                fields = fields with { Stream = reader.TokenType == JsonTokenType.True };
            else if (isKey && reader.TokenType == JsonTokenType.String)
                fields = fields with { PromptCacheKey = reader.GetString() };
            reader.Skip();
        }

        // Reads the closing brace's successor: text after the object is an error too.
        reader.Read();
        return fields;
    }
}
