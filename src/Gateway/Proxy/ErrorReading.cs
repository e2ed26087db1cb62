using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Gateway.Proxy;

/// <summary>An error as a backend worded it, whatever shape its body had.</summary>
/// <param name="Message">Empty when the body said nothing.</param>
public sealed partial record ErrorReading(string Message, string? Code = null, string? Type = null, string? Param = null)
{
    private const int LongestMessage = 1000;

    /// <summary>
    /// Reads <c>{"error":{…}}</c>, <c>{"error":"…"}</c>, <c>{"detail":[{"msg":…}]}</c>, <c>{"message":…}</c>,
    /// <c>{"title":…}</c>, the same wrapped in an array, HTML and plain text.
    /// </summary>
    public static ErrorReading Read(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        if (text.Length == 0)
            return new ErrorReading("");
        if (text[0] is '{' or '[')
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                if (ReadJson(document.RootElement) is { } reading)
                    return reading;
            }
            catch (JsonException)
            {
                // Cut at the bound or never JSON: shown as text.
            }
        }

        return new ErrorReading(Shorten(text[0] == '<' ? WithoutMarkup(text) : text));
    }

    private static ErrorReading? ReadJson(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            root = root[0];
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (root.TryGetProperty("error", out var error))
        {
            if (error.ValueKind == JsonValueKind.Object && ReadObject(error) is { } inner)
                return inner;
            if (Text(error) is { } words)
                return new ErrorReading(Shorten(words), Scalar(root, "code"), Scalar(root, "type"));
        }

        return ReadObject(root);
    }

    private static ErrorReading? ReadObject(JsonElement error)
    {
        var message = Property(error, "message") ?? Detail(error) ?? Property(error, "title") ?? Property(error, "error_description");
        var code = Scalar(error, "code");
        var type = Scalar(error, "type");
        return message is null && code is null && type is null
            ? null
            : new ErrorReading(Shorten(message ?? code ?? type ?? ""), code, type, Scalar(error, "param"));
    }

    private static string? Detail(JsonElement error)
    {
        if (!error.TryGetProperty("detail", out var detail))
            return null;
        if (detail.ValueKind != JsonValueKind.Array)
            return Text(detail) ?? (detail.ValueKind == JsonValueKind.Object ? Property(detail, "message") : null);
        var parts = detail.EnumerateArray()
            .Where(d => d.ValueKind == JsonValueKind.Object)
            .Select(d => Place(d) is { } place ? $"{place}: {Property(d, "msg")}" : Property(d, "msg"))
            .Where(p => p is not null);
        return string.Join("; ", parts);
    }

    private static string? Place(JsonElement detail) =>
        detail.TryGetProperty("loc", out var place) && place.ValueKind == JsonValueKind.Array
            ? string.Join('.', place.EnumerateArray().Select(p => p.ToString()))
            : null;

    private static string? Property(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string? Scalar(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    private static string WithoutMarkup(string html)
    {
        var body = Invisible().Replace(html, " ");
        return Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ").Trim();
    }

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");

    [GeneratedRegex("<(?<tag>script|style)\\b.*?</\\k<tag>>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
