using System.Collections.Immutable;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Demo;

/// <summary>Reads the body of a chat/completions request.</summary>
public static class DemoRequestReader
{
    private static readonly JsonElement AnySchema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    /// <summary>The request, or what is wrong with it in one sentence.</summary>
    public static (DemoRequest? Request, string? Problem) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            return (null, $"The request body is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
    }

    private static (DemoRequest? Request, string? Problem) Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, "The request body must be a JSON object.");
        if (Member(root, "model") is not { ValueKind: JsonValueKind.String } model)
            return (null, "'model' must be a string.");
        if (Member(root, "messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() == 0)
            return (null, "'messages' must be an array with at least one message.");
        if (messages.EnumerateArray().Any(message => Text(message, "role") is null))
            return (null, "Every message must be an object with a 'role'.");

        return (new DemoRequest
        {
            Model = model.GetString()!,
            Messages = [.. messages.EnumerateArray().Select(ReadMessage)],
            Tools = ReadTools(root),
            ToolChoice = ReadToolChoice(Member(root, "tool_choice")),
            Stream = IsTrue(Member(root, "stream")),
            IncludeUsage = IsTrue(Member(Member(root, "stream_options"), "include_usage")),
            MaxTokens = Number(Member(root, "max_completion_tokens")) ?? Number(Member(root, "max_tokens")),
            ResponseSchema = ReadResponseSchema(Member(root, "response_format")),
            Characters = messages.EnumerateArray().Sum(Characters) + Compact(Member(root, "tools")),
        }, null);
    }

    private static DemoMessage ReadMessage(JsonElement message)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var images = 0;
        switch (Member(message, "content"))
        {
            case { ValueKind: JsonValueKind.String } text:
                texts.Add(text.GetString()!);
                break;
            case { ValueKind: JsonValueKind.Array } parts:
                foreach (var part in parts.EnumerateArray())
                {
                    if (Text(part, "text") is { } text)
                        texts.Add(text);
                    else if (Text(part, "type") == "image_url")
                        images++;
                }

                break;
        }

        var calls = Items(Member(message, "tool_calls")).Select(call => Text(call, "id") ?? "");
        return new DemoMessage(Text(message, "role")!, texts.ToImmutable(), images, [.. calls]);
    }

    private static ImmutableArray<DemoTool> ReadTools(JsonElement root) =>
    [
        .. from tool in Items(Member(root, "tools"))
           let function = Member(tool, "function")
           let name = Text(function, "name")
           where name is not null
           select new DemoTool(name, Member(function, "parameters") ?? AnySchema),
    ];

    private static DemoToolChoice ReadToolChoice(JsonElement? choice) => choice switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "none" => new DemoToolChoice.None(),
            "required" => new DemoToolChoice.Required(Name: null),
            _ => new DemoToolChoice.Auto(),
        },
        { ValueKind: JsonValueKind.Object } named => new DemoToolChoice.Required(Text(Member(named, "function"), "name")),
        _ => new DemoToolChoice.Auto(),
    };

    private static JsonElement? ReadResponseSchema(JsonElement? format) => Text(format, "type") switch
    {
        "json_schema" => Member(Member(format, "json_schema"), "schema") ?? AnySchema,
        "json_object" => AnySchema,
        _ => null,
    };

    // An image is a long data URL; counting its characters would make every picture overflow the window.
    private static int Characters(JsonElement message)
    {
        var read = ReadMessage(message);
        return read.Parts.Sum(part => part.Length) + Compact(Member(message, "tool_calls"));
    }

    // Without the white space of the sender, so that the same request always counts the same.
    private static int Compact(JsonElement? json) =>
        json is { } value ? ChatJson.Text(value.WriteTo).Length : 0;

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member)
            && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    private static string? Text(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    private static bool IsTrue(JsonElement? value) => value is { ValueKind: JsonValueKind.True };

    private static int? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) && count > 0 ? count : null;
}
