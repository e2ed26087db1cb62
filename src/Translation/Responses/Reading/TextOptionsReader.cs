using System.Text.Json;

namespace Codex.Translation.Responses.Reading;

/// <summary><c>text</c>: format and verbosity.</summary>
internal static class TextOptionsReader
{
    public static TextOptions? Read(JsonField body)
    {
        if (body.Get("text") is not { } text)
            return null;
        if (!text.IsObject)
            text.Wrong("an object");
        return new TextOptions(text.Get("format") is { } format ? ReadFormat(format) : new TextFormat.Plain(), text.String("verbosity"));
    }

    private static TextFormat ReadFormat(JsonField format)
    {
        switch (format.RequiredString("type"))
        {
            case "text":
                return new TextFormat.Plain();
            case "json_object":
                return new TextFormat.AnyJson();
            case "json_schema":
                return ReadSchema(format);
            default:
                format.Get("type")?.Fault(
                    $"Invalid value for '{format.Path}.type': supported are 'text', 'json_object' and 'json_schema'.",
                    "invalid_value");
                return new TextFormat.Plain();
        }
    }

    private static TextFormat ReadSchema(JsonField format)
    {
        // The chat API nests these under json_schema; clients mix the two up.
        var place = format.Get("json_schema") ?? format;
        if (place.Get("schema") is not { } schema)
        {
            place.Missing("schema");
            return new TextFormat.Plain();
        }

        if (schema.Value.ValueKind != JsonValueKind.Object)
            schema.Wrong("an object");
        return new TextFormat.Schema(place.String("name") ?? "output", place.String("description"), schema.Value, place.Bool("strict"));
    }
}
