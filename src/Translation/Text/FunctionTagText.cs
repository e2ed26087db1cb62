using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Codex.Translation.Text;

/// <summary>
/// <c>&lt;function=name&gt;{"a":1}&lt;/function&gt;</c>, or with children
/// <c>&lt;parameter=a&gt;1&lt;/parameter&gt;</c> as coder models write it.
/// </summary>
internal static class FunctionTagText
{
    private const string Open = "<function=";
    private const string Close = "</function>";
    private const string OpenParameter = "<parameter=";
    private const string CloseParameter = "</parameter>";

    public static LeakedText Read(string text, int start, bool atEnd)
    {
        var nameEnd = text.IndexOf('>', start);
        var close = text.IndexOf(Close, start, StringComparison.Ordinal);
        if (close < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        if (nameEnd < 0 || (close >= 0 && nameEnd > close))
            return new LeakedText.NoCall();
        var name = text[(start + Open.Length)..nameEnd].Trim().Trim('"');
        var body = (close < 0 ? text[(nameEnd + 1)..] : text[(nameEnd + 1)..close]).Trim();
        var arguments = Arguments(body);
        return arguments is null
            ? new LeakedText.NoCall()
            : new LeakedText.Calls([new ContentPiece.Call(name, arguments)], close < 0 ? text.Length : close + Close.Length);
    }

    private static string? Arguments(string body)
    {
        if (body.StartsWith('{'))
            return JsonExtent.End(body) == body.Length ? body : null;
        if (body.Length == 0)
            return "{}";
        return body.StartsWith(OpenParameter, StringComparison.Ordinal) ? FromParameters(body) : null;
    }

    private static string? FromParameters(string body)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            var rest = body.AsSpan();
            while (!rest.IsEmpty)
            {
                var nameEnd = rest.IndexOf('>');
                var close = rest.IndexOf(CloseParameter, StringComparison.Ordinal);
                if (!rest.StartsWith(OpenParameter, StringComparison.Ordinal) || nameEnd < 0 || close < nameEnd)
                    return null;
                WriteField(writer, rest[OpenParameter.Length..nameEnd].ToString(), rest[(nameEnd + 1)..close]);
                rest = rest[(close + CloseParameter.Length)..].TrimStart();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The template puts each value on lines of its own; JSON values stay JSON, everything else is text.</summary>
    public static void WriteField(Utf8JsonWriter writer, string name, ReadOnlySpan<char> content)
    {
        var text = content.StartsWith("\n") ? content[1..] : content;
        text = text.EndsWith("\n") ? text[..^1] : text;
        writer.WritePropertyName(name);
        if (text.Length > 0 && text[0] != '"' && TryParse(text.ToString()) is { } value)
            value.WriteTo(writer);
        else
            writer.WriteStringValue(text);
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
