using System.Text.Json;

namespace Codex.Gateway.Demo;

/// <summary>
/// Writes a small JSON value that satisfies a JSON schema, always the same. Covers what structured output of
/// OpenAI allows, plus const, default and limits; patterns are not solved.
/// </summary>
public static class DemoSchemaSampler
{
    /// <summary>Deeper than this a choice prefers what ends: null, an empty list.</summary>
    private const int Deep = 2;

    /// <summary>Required members that contain themselves have no finite value; writing stops here with null.</summary>
    private const int Bottom = 24;

    private const string Word = "demo";

    public static void Write(Utf8JsonWriter writer, JsonElement schema) => new Sampler(writer, schema).Write(schema, depth: 0);

    internal static JsonElement? Member(JsonElement schema, string name) =>
        Property(schema, "properties") is { } properties ? Property(properties, name) : null;

    internal static IEnumerable<string> Required(JsonElement schema) =>
        Property(schema, "required") is { ValueKind: JsonValueKind.Array } required
            ? required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            : [];

    internal static void WriteMember(Utf8JsonWriter writer, JsonElement schema, string name)
    {
        var sampler = new Sampler(writer, schema);
        if (Member(schema, name) is { } member)
            sampler.Write(member, depth: 1);
        else
            writer.WriteNullValue();
    }

    private static JsonElement? Property(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : null;

    private readonly struct Sampler(Utf8JsonWriter writer, JsonElement root)
    {
        public void Write(JsonElement schema, int depth)
        {
            if (depth > Bottom)
                writer.WriteNullValue();
            else if (Property(schema, "$ref") is { ValueKind: JsonValueKind.String } reference && Resolve(reference.GetString()!) is { } target)
                Write(target, depth + 1);
            else if (Property(schema, "const") is { } constant)
                constant.WriteTo(writer);
            else if (Property(schema, "enum") is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0)
                values[0].WriteTo(writer);
            else if (Property(schema, "default") is { } value)
                value.WriteTo(writer);
            else if ((Property(schema, "anyOf") ?? Property(schema, "oneOf")) is { ValueKind: JsonValueKind.Array } options && options.GetArrayLength() > 0)
                Write(Choose(options, depth), depth + 1);
            else if (Property(schema, "allOf") is { ValueKind: JsonValueKind.Array } all && Property(schema, "properties") is null && all.GetArrayLength() > 0)
                WriteAllOf(all, depth);
            else
                WriteType(schema, depth);
        }

        private void WriteType(JsonElement schema, int depth)
        {
            switch (TypeOf(schema, depth))
            {
                case "object":
                    writer.WriteStartObject();
                    WriteMembers(schema, depth);
                    writer.WriteEndObject();
                    break;
                case "array":
                    writer.WriteStartArray();
                    if (Property(schema, "items") is { } items)
                    {
                        for (var i = Whole(schema, "minItems") ?? 0; i > 0; i--)
                            Write(items, depth + 1);
                    }

                    writer.WriteEndArray();
                    break;
                case "integer":
                    writer.WriteNumberValue((long)Math.Ceiling(Number(schema, step: 1)));
                    break;
                case "number":
                    writer.WriteNumberValue(Number(schema, step: 0.5));
                    break;
                case "boolean":
                    writer.WriteBooleanValue(value: true);
                    break;
                case "null":
                    writer.WriteNullValue();
                    break;
                default:
                    writer.WriteStringValue(Text(schema));
                    break;
            }
        }

        private void WriteMembers(JsonElement schema, int depth)
        {
            foreach (var name in Required(schema))
            {
                writer.WritePropertyName(name);
                if (Member(schema, name) is { } member)
                    Write(member, depth + 1);
                else
                    writer.WriteStringValue(Word);
            }
        }

        private void WriteAllOf(JsonElement all, int depth)
        {
            var sampler = this;
            var parts = all.EnumerateArray().Select(part => sampler.Followed(part)).ToArray();
            if (!parts.Any(part => Property(part, "properties") is not null))
            {
                Write(parts[0], depth + 1);
                return;
            }

            writer.WriteStartObject();
            foreach (var part in parts)
                WriteMembers(part, depth);
            writer.WriteEndObject();
        }

        private JsonElement Followed(JsonElement schema) =>
            Property(schema, "$ref") is { ValueKind: JsonValueKind.String } reference ? Resolve(reference.GetString()!) ?? schema : schema;

        private JsonElement? Resolve(string reference)
        {
            if (!reference.StartsWith('#'))
                return null;
            JsonElement? at = root;
            foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                at = at is { } here ? Property(here, name) : null;
            }

            return at;
        }

        private static JsonElement Choose(JsonElement options, int depth) =>
            depth > Deep
                ? options.EnumerateArray().FirstOrDefault(option => TypeOf(option, depth) == "null", options[0])
                : options[0];

        private static string? TypeOf(JsonElement schema, int depth) => Property(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } type => type.GetString(),
            { ValueKind: JsonValueKind.Array } types when types.GetArrayLength() > 0 =>
                depth > Deep && types.EnumerateArray().Any(type => type.ValueEquals("null")) ? "null" : types[0].GetString(),
            _ when Property(schema, "properties") is not null => "object",
            _ when Property(schema, "items") is not null => "array",
            _ => null,
        };

        private static double Number(JsonElement schema, double step)
        {
            var low = Limit(schema, "minimum") ?? Limit(schema, "exclusiveMinimum") + step;
            var high = Limit(schema, "maximum") ?? Limit(schema, "exclusiveMaximum") - step;
            var value = low ?? Math.Min(1, high ?? 1);
            return Limit(schema, "multipleOf") is { } factor and > 0 ? Math.Ceiling(value / factor) * factor : value;
        }

        private static string Text(JsonElement schema)
        {
            var format = Property(schema, "format") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;
            var text = format switch
            {
                "date-time" => "2026-01-01T00:00:00Z",
                "date" => "2026-01-01",
                "time" => "00:00:00Z",
                "duration" => "P1D",
                "email" => "demo@example.com",
                "hostname" => "example.com",
                "ipv4" => "127.0.0.1",
                "ipv6" => "::1",
                "uri" => "https://example.com/",
                "uuid" => "00000000-0000-4000-8000-000000000000",
                _ => Word,
            };
            text = text.PadRight(Whole(schema, "minLength") ?? 0, '.');
            return Whole(schema, "maxLength") is { } longest && longest < text.Length ? text[..longest] : text;
        }

        private static int? Whole(JsonElement schema, string name) => Limit(schema, name) is { } limit ? (int)Math.Clamp(limit, 0, 1000) : null;

        private static double? Limit(JsonElement schema, string name) =>
            Property(schema, name) is { ValueKind: JsonValueKind.Number } limit ? limit.GetDouble() : null;
    }
}
