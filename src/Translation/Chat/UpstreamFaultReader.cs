using System.Globalization;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>Reads an error in the shapes backends use: object, string, list of details, status object.</summary>
public static class UpstreamFaultReader
{
    /// <summary>Reads the body of an HTTP error, or null when it is not JSON or names no error.</summary>
    public static UpstreamFault? ReadBody(ReadOnlySpan<byte> json)
    {
        if (!ChatChunkReader.TryRead(json, out var chunk))
            return null;
        if (chunk.Fault is not null)
            return chunk.Fault;
        // {"title":"…","status":404}, the problem-details form.
        return TryReadTitle(json);
    }

    /// <summary>The value of an <c>error</c> key; null for <c>null</c>, <c>false</c> and empty text.</summary>
    internal static UpstreamFault? ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var words = reader.GetString();
                return string.IsNullOrEmpty(words) ? null : new UpstreamFault(Status: null, Code: null, Type: null, words);
            case JsonTokenType.StartObject:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return FromObject(document.RootElement);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary><c>{"status_code":2013,"status_msg":"…"}</c> beside an HTTP 200; code 0 means all is well.</summary>
    internal static UpstreamFault? ReadStatusObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var code = Words(document.RootElement, "status_code");
        if (code is null or "0")
            return null;
        return new UpstreamFault(Status: null, code, Type: null, Words(document.RootElement, "status_msg") ?? $"status {code}");
    }

    /// <summary>A message that may be a string, a number, or a list of <c>{"msg":…}</c> as FastAPI sends.</summary>
    internal static string? ReadWords(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            return JsonText.CurrentAsText(ref reader);
        using var document = JsonDocument.ParseValue(ref reader);
        return Flatten(document.RootElement);
    }

    private static UpstreamFault FromObject(JsonElement error)
    {
        var code = Words(error, "code");
        var message = Words(error, "message") ?? Words(error, "msg") ?? Words(error, "detail") ?? Words(error, "error");
        return new UpstreamFault(
            Status(code) ?? Status(Words(error, "status")) ?? Status(Words(error, "status_code")),
            code,
            Words(error, "type"),
            message ?? error.GetRawText());
    }

    private static UpstreamFault? TryReadTitle(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || Words(document.RootElement, "title") is not { } title)
                return null;
            return new UpstreamFault(Status(Words(document.RootElement, "status")), Code: null, Type: null, title);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut JSON, or a title that is no text: half of a surrogate pair, bytes that are not UTF-8.
            return null;
        }
    }

    private static string Flatten(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(Flatten)),
        JsonValueKind.Object => Words(value, "msg") ?? Words(value, "message") ?? value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string? Words(JsonElement value, string key)
    {
        if (!value.TryGetProperty(key, out var found) || found.ValueKind == JsonValueKind.Null)
            return null;
        var words = Flatten(found);
        return words.Length == 0 ? null : words;
    }

    private static int? Status(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600 ? status : null;
}
