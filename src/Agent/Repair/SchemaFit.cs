using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Conversation;

namespace Codex.Agent.Repair;

/// <summary>Makes an object fit a tool's schema where the meaning is plain: other names for the same thing, numbers in quotes, a value that should be a list.</summary>
internal static class SchemaFit
{
    /// <summary>Parameters by the names other agents give them, in lower case without separators.</summary>
    private static readonly FrozenDictionary<string, string[]> Others = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["path"] = ["filepath", "filename", "file", "targetfile", "absolutepath", "dirpath", "directory", "dir"],
        ["old"] = ["oldstring", "oldstr", "oldtext", "search", "find", "original"],
        ["new"] = ["newstring", "newstr", "newtext", "replace", "replacement", "updated"],
        ["content"] = ["contents", "text", "filetext", "data", "body"],
        ["command"] = ["cmd", "script", "commandline", "commands"],
        ["cmd"] = ["command", "script", "commandline"],
        ["input"] = ["patch", "diff", "patchtext"],
        ["pattern"] = ["query", "regex", "search", "searchterm"],
        ["workdir"] = ["cwd", "workingdirectory", "directory"],
        ["plan"] = ["steps", "todos", "items", "tasks"],
        ["replaceall"] = ["all", "global"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static JsonElement Fit(JsonElement value, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            return value.Clone();
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
            Write(writer, value, properties);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    public static IReadOnlyList<string> Missing(JsonElement value, JsonElement schema) =>
        schema.TryGetProperty("required", out var required)
            ? [.. required.EnumerateArray().Select(r => r.GetString()!).Where(name => !value.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null)]
            : [];

    private static void Write(Utf8JsonWriter writer, JsonElement value, JsonElement properties)
    {
        var known = properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var given = value.EnumerateObject().ToList();
        var taken = new HashSet<string>(given.Select(g => g.Name).Where(known.ContainsKey), StringComparer.Ordinal);
        writer.WriteStartObject();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in given)
        {
            var name = known.ContainsKey(property.Name) ? property.Name : Meant(property.Name, known.Keys, taken);
            // A parameter written twice counts once, the first time.
            if (!written.Add(name))
                continue;
            taken.Add(name);
            writer.WritePropertyName(name);
            if (known.TryGetValue(name, out var schema))
                WriteAs(writer, property.Value, schema);
            else
                property.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static string Meant(string name, IEnumerable<string> known, HashSet<string> taken)
    {
        var plain = Plain(name);
        var fitting = known
            .Where(k => !taken.Contains(k))
            .Where(k => Plain(k) == plain || (Others.TryGetValue(Plain(k), out var others) && others.Contains(plain)))
            .Take(2)
            .ToList();
        return fitting.Count == 1 ? fitting[0] : name;
    }

    private static void WriteAs(Utf8JsonWriter writer, JsonElement value, JsonElement schema)
    {
        var type = schema.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        switch (type)
        {
            case "integer" or "number" when value.ValueKind == JsonValueKind.String
                && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case "boolean" when value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var flag):
                writer.WriteBooleanValue(flag);
                break;
            case "string" when value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                writer.WriteStringValue(value.GetRawText());
                break;
            case "string" when value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String):
                WriteJoined(writer, value);
                break;
            case "array" or "object" when value.ValueKind == JsonValueKind.String && Inner(value.GetString()!, type) is { } inner:
                inner.WriteTo(writer);
                break;
            case "array" when value.ValueKind is JsonValueKind.String or JsonValueKind.Object:
                writer.WriteStartArray();
                value.WriteTo(writer);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>A command as a list of words is what one model in three sends where a line is asked for.</summary>
    private static void WriteJoined(Utf8JsonWriter writer, JsonElement words)
    {
        var list = words.EnumerateArray().Select(e => e.GetString()!).ToList();
        // ["bash", "-lc", "script"] means its script.
        writer.WriteStringValue(list is ["bash" or "sh" or "/bin/bash" or "/bin/sh", "-c" or "-lc", var script]
            ? script
            : string.Join(' ', list.Select(Quoted)));
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static JsonElement? Inner(string text, string type)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == (type == "array" ? JsonValueKind.Array : JsonValueKind.Object) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
