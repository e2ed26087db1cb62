using System.Text.Json;

namespace Codex.Gateway.Dialects;

/// <summary>Reads fields of answers that may have any shape: what is missing or of another kind is null or empty.</summary>
internal static class AnswerFields
{
    public static JsonElement? At(this JsonElement? element, string field) => element?.At(field);

    public static JsonElement? At(this JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string field) =>
        element.At(field) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public static bool? Flag(this JsonElement element, string field) => element.At(field)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A positive count; also when written as a string or with a fraction of zero.</summary>
    public static int? Count(this JsonElement element, string field)
    {
        var value = element.At(field);
        var number = value?.ValueKind switch
        {
            JsonValueKind.Number when value.Value.TryGetDouble(out var d) => d,
            JsonValueKind.String when double.TryParse(value.Value.GetString(), out var d) => d,
            _ => 0,
        };
        return number is >= 1 and <= int.MaxValue ? (int)number : null;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement? element) =>
        element.Items().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!);
}
