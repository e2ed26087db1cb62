using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>A chat/completions request as a backend reads it.</summary>
internal sealed record ChatPrompt(JsonElement Json)
{
    public string Model => Text(Json, "model") ?? "";

    public bool Streams => Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    public bool WantsUsage => Json.TryGetProperty("stream_options", out var options) && options.TryGetProperty("include_usage", out var usage) && usage.GetBoolean();

    public ImmutableArray<JsonElement> Messages { get; init; } = Items(Json, "messages");

    public ImmutableArray<ChatPromptTool> Tools => [.. Items(Json, "tools").Select(t => new ChatPromptTool(t))];

    /// <summary>auto, none, required, or the name of a function.</summary>
    public string ToolChoice { get; init; } = Json.TryGetProperty("tool_choice", out var choice)
        ? choice.ValueKind == JsonValueKind.String ? choice.GetString()! : choice.GetProperty("function").GetProperty("name").GetString()!
        : "auto";

    public bool NamesTool => Json.TryGetProperty("tool_choice", out var choice) && choice.ValueKind == JsonValueKind.Object;

    public string? Format => Json.TryGetProperty("response_format", out var format) ? Text(format, "type") : null;

    public JsonElement? Schema => Format == "json_schema" ? Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema") : null;

    public int? MaxTokens => Count("max_tokens") ?? Count("max_completion_tokens");

    /// <summary>About four characters are a token.</summary>
    public int Tokens => Json.GetRawText().Length / 4;

    public static string Role(JsonElement message) => Text(message, "role") ?? "";

    /// <summary>All words of a message, whether they come as a string or as parts.</summary>
    public static string Words(JsonElement message) => message.TryGetProperty("content", out var content)
        ? content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Join("\n", content.EnumerateArray().Select(p => Text(p, "text"))),
            _ => "",
        }
        : "";

    public static bool HasPicture(JsonElement message) => Items(message, "content").Any(p => Text(p, "type") == "image_url");

    public static ImmutableArray<JsonElement> Calls(JsonElement message) => Items(message, "tool_calls");

    public static string Arguments(JsonElement call) => Text(call.GetProperty("function"), "arguments") ?? "";

    public static string? Text(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static ImmutableArray<JsonElement> Items(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray()] : [];

    private int? Count(string key) => Json.TryGetProperty(key, out var found) ? found.GetInt32() : null;
}

internal sealed record ChatPromptTool(JsonElement Json)
{
    public string Type => ChatPrompt.Text(Json, "type") ?? "";

    public string Name => ChatPrompt.Text(Json.GetProperty("function"), "name") ?? "";

    /// <summary>What a person calls it: a flattened name ends with the tool's own.</summary>
    public string OwnName => Name[(Name.LastIndexOf("__", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];

    public JsonElement Parameters => Json.GetProperty("function").GetProperty("parameters");
}
