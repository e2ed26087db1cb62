using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses.Reading;

/// <summary>The first thing found wrong in a body; reading goes on with defaults, so that no reader needs to throw.</summary>
internal sealed class FaultRecord
{
    public string? Message { get; private set; }

    public string? Code { get; private set; }

    public JsonPath Path { get; private set; } = JsonPath.Root;

    public void Set(JsonPath path, string message, string? code = null)
    {
        if (Message is not null)
            return;
        Message = message;
        Code = code;
        Path = path;
    }
}

/// <summary>A value of the body with its place. Every accessor gives null for a missing or null field and records a wrong type.</summary>
internal readonly struct JsonField(JsonElement value, JsonPath path, FaultRecord faults)
{
    public JsonElement Value => value;

    public JsonPath Path => path;

    public bool IsString => value.ValueKind == JsonValueKind.String;

    public bool IsArray => value.ValueKind == JsonValueKind.Array;

    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    public void Fault(string message, string? code = null) => faults.Set(path, message, code);

    public static string NoText(string where) => $"Invalid text for '{where}': it holds half of a surrogate pair or bytes that are not UTF-8.";

    /// <summary>The given value as the field of that name.</summary>
    public JsonField At(string key, JsonElement found) => new(found, path.Of(key), faults);

    /// <summary>The field of that name, or null when it is missing or <c>null</c>.</summary>
    public JsonField? Get(string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null
            ? new JsonField(found, path.Of(key), faults)
            : null;

    public string? String(string key) => Get(key) is { } field ? field.AsString() : null;

    public string RequiredString(string key)
    {
        if (Get(key) is { } field)
            return field.AsString() ?? "";
        Missing(key);
        return "";
    }

    /// <summary>Records that the field of that name is not there.</summary>
    /// <param name="instead">Other fields that would do, as they are told to the person.</param>
    public void Missing(string key, string instead = "") =>
        faults.Set(path.Of(key), $"Missing required parameter: '{path.Of(key)}'{instead}.", "missing_required_parameter");

    public string? AsString()
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                faults.Set(path, NoText(path.ToString()), "invalid_value");
                return null;
            }
        }

        Wrong("a string");
        return null;
    }

    public bool? Bool(string key)
    {
        if (Get(key) is not { } field)
            return null;
        if (field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return field.Value.GetBoolean();
        field.Wrong("a boolean");
        return null;
    }

    public double? Number(string key)
    {
        if (Get(key) is not { } field)
            return null;
        if (field.Value.ValueKind != JsonValueKind.Number)
        {
            field.Wrong("a number");
            return null;
        }

        var number = field.Value.GetDouble();
        if (double.IsFinite(number))
            return number;
        field.Fault($"Invalid value for '{field.Path}': the number is too large.", "invalid_value");
        return null;
    }

    /// <param name="least">Smaller values are refused.</param>
    public long? Integer(string key, long least = long.MinValue, long most = long.MaxValue)
    {
        if (Get(key) is not { } field)
            return null;
        if (field.Value.ValueKind != JsonValueKind.Number || !field.Value.TryGetInt64(out var number))
        {
            field.Wrong("an integer");
            return null;
        }

        if (number >= least && number <= most)
            return number;
        field.Fault($"Invalid value for '{field.Path}': {number} is not between {least} and {most}.", "invalid_value");
        return null;
    }

    /// <summary>The entries of a list; empty when the field is missing.</summary>
    public ImmutableArray<T> List<T>(string key, Func<JsonField, T> read)
    {
        if (Get(key) is not { } field)
            return [];
        if (field.IsArray)
            return field.Entries(read);
        field.Wrong("an array");
        return [];
    }

    public ImmutableArray<T> Entries<T>(Func<JsonField, T> read)
    {
        var list = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (var entry in value.EnumerateArray())
            list.Add(read(new JsonField(entry, path.Of(list.Count), faults)));
        return list.DrainToImmutable();
    }

    public void Wrong(string expected) => faults.Set(
        path,
        $"Invalid type for '{path}': expected {expected}, but got {Name(value.ValueKind)} instead.",
        "invalid_type");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
