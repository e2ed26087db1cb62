using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Translation.Dialects;

namespace Codex.Translation.Translate.Request;

/// <summary>Takes keywords a backend refuses out of a JSON schema; everything else keeps its bytes and order.</summary>
internal static class SchemaKeywords
{
    public static string Without(JsonElement schema, Dialect dialect)
    {
        if (dialect.RefusedSchemaKeywords.IsEmpty)
            return schema.GetRawText();
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
            WriteRoot(writer, schema, dialect);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRoot(Utf8JsonWriter writer, JsonElement schema, Dialect dialect)
    {
        var fields = schema.EnumerateObject().Select(f => f.Name).ToList();
        var losesSome = fields.Exists(dialect.RefusedSchemaKeywords.Contains);
        if (!losesSome || fields.Contains("type"))
        {
            Write(writer, schema, dialect, namesAreKeywords: true);
            return;
        }

        // Without its alternatives the root would say nothing; arguments and answers are objects in any case.
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        WriteFields(writer, schema, dialect, namesAreKeywords: true);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Dialect dialect, bool namesAreKeywords)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                WriteFields(writer, value, dialect, namesAreKeywords);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in value.EnumerateArray())
                    Write(writer, entry, dialect, namesAreKeywords);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteFields(Utf8JsonWriter writer, JsonElement value, Dialect dialect, bool namesAreKeywords)
    {
        foreach (var field in value.EnumerateObject())
        {
            if (namesAreKeywords && dialect.RefusedSchemaKeywords.Contains(field.Name))
                continue;
            writer.WritePropertyName(field.Name);
            // Inside these the names are the user's own: a property may well be called "format".
            var own = namesAreKeywords && field.Name is ("properties" or "$defs" or "definitions" or "patternProperties");
            Write(writer, field.Value, dialect, namesAreKeywords: !own && !dialect.RefusesKeywordsAtRootOnly);
        }
    }
}
