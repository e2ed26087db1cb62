using System.Globalization;
using System.Text.Json;
using Codex.Toml.Values;

namespace Codex.Toml.Tests.Corpus;

/// <summary>Compares values with the corpus' tagged JSON by the rules of its own runner.</summary>
internal static class TaggedJson
{
    /// <summary>Where the two differ first, or null.</summary>
    public static string? Difference(JsonElement expected, TomlValue actual, string at = "")
    {
        if (expected.ValueKind == JsonValueKind.Array)
            return actual is TomlValue.Array array && array.Items.Length == expected.GetArrayLength()
                ? expected.EnumerateArray().Select((e, i) => Difference(e, array.Items[i], $"{at}[{i}]")).FirstOrDefault(d => d is not null)
                : $"{at}: {actual} instead of an array";
        if (!IsScalar(expected))
            return TableDifference(expected, actual, at);

        var type = expected.GetProperty("type").GetString()!;
        var value = expected.GetProperty("value").GetString()!;
        return Equal(type, value, actual) ? null : $"{at}: {actual} instead of {type} {value}";
    }

    private static string? TableDifference(JsonElement expected, TomlValue actual, string at)
    {
        if (actual is not TomlValue.Table table)
            return $"{at}: {actual} instead of a table";
        var values = table.ToDictionary();
        var names = expected.EnumerateObject().Select(p => p.Name).ToList();
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(values.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            return $"{at}: keys {string.Join(' ', values.Keys)} instead of {string.Join(' ', names)}";
        return expected.EnumerateObject().Select(p => Difference(p.Value, values[p.Name], $"{at}.{p.Name}")).FirstOrDefault(d => d is not null);
    }

    private static bool IsScalar(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 2
        && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && element.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String;

    private static bool Equal(string type, string expected, TomlValue actual) => (type, actual) switch
    {
        ("string", TomlValue.String s) => s.Value == expected,
        ("integer", TomlValue.Integer i) => i.Value.ToString(CultureInfo.InvariantCulture) == expected,
        ("bool", TomlValue.Boolean b) => (b.Value ? "true" : "false") == expected,
        ("float", TomlValue.Float f) => expected.TrimStart('+', '-') switch
        {
            "nan" => double.IsNaN(f.Value),
            "inf" => double.IsInfinity(f.Value) && double.IsNegative(f.Value) == expected.StartsWith('-'),
            _ => double.Parse(expected, CultureInfo.InvariantCulture) == f.Value,
        },
        ("datetime", TomlValue.DateTime { Kind: TomlDateTimeKind.Offset } d) => Instant(expected) == Instant(d.Text),
        ("datetime-local", TomlValue.DateTime { Kind: TomlDateTimeKind.Local } d) => Instant(expected + "Z") == Instant(d.Text + "Z"),
        ("date-local", TomlValue.DateTime { Kind: TomlDateTimeKind.LocalDate } d) => expected == d.Text,
        ("time-local", TomlValue.DateTime { Kind: TomlDateTimeKind.LocalTime } d) => Instant($"2000-01-01T{expected}Z") == Instant($"2000-01-01T{d.Text}Z"),
        _ => false,
    };

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text.Replace(' ', 'T').ToUpperInvariant(), CultureInfo.InvariantCulture);
}
