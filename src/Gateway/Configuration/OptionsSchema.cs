using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Translation.Dialects;
using Serilog.Events;

namespace Codex.Gateway.Configuration;

/// <summary>The JSON schema (draft 7, which editors know best) of <c>gateway.json</c>, made from the options types.</summary>
internal static class OptionsSchema
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var schema = Keys(typeof(GatewayOptions));
        ((JsonObject)schema["properties"]!).Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "gateway.json");
        schema.Insert(2, "description", typeof(GatewayOptions).GetCustomAttribute<DescriptionAttribute>()!.Description);

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            schema.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static JsonObject Keys(Type type)
    {
        var properties = new JsonObject();
        foreach (var property in OptionsShape.KeysOf(type))
        {
            var value = Value(property.PropertyType);
            if (property.GetCustomAttribute<DialectNameAttribute>() is not null)
                value["enum"] = Words(DialectRegistry.All.Select(d => d.Name));
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                value["minimum"] = Number(range.Minimum);
                value["maximum"] = Number(range.Maximum);
            }

            value.Insert(0, "description", property.GetCustomAttribute<DescriptionAttribute>()!.Description);
            properties[property.Name] = value;
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Value(Type type) => OptionsShape.Of(type) switch
    {
        OptionsShape.Keys keys => Keys(keys.Type),
        OptionsShape.Names names => new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(names.Value) },
        OptionsShape.TextList => TextList(new JsonObject { ["type"] = "string" }),
        OptionsShape.SwitchOrList => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "boolean" },
                TextList(new JsonObject { ["type"] = "string", ["enum"] = Words(ConfigurationResolver.Discoverable) })),
        },
        OptionsShape.Scalar scalar => Scalar(scalar.Type),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static JsonObject TextList(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject Scalar(Type type)
    {
        if (type == typeof(bool))
            return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int) || type == typeof(long))
            return new JsonObject { ["type"] = "integer" };
        if (type == typeof(double))
            return new JsonObject { ["type"] = "number" };
        if (type == typeof(TimeSpan))
            return new JsonObject { ["type"] = new JsonArray("number", "string"), ["exclusiveMinimum"] = 0, ["pattern"] = "^[0-9.]+ *(ms|s|m|h)$" };
        if (type == typeof(LogEventLevel))
            return new JsonObject { ["enum"] = Words(ScalarReading.LevelNames) };
        return new JsonObject { ["type"] = "string" };
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static JsonNode Number(object bound) =>
        bound is double real ? JsonValue.Create(real) : JsonValue.Create(Convert.ToInt64(bound, CultureInfo.InvariantCulture));
}
