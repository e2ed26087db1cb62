using System.Text.Json;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.StockClients;

/// <summary>One chat/completions request as the backend received it, with what the scenarios look at.</summary>
public sealed record ChatAsked(RecordedRequest Request)
{
    public JsonElement Json { get; } = Request.Json();

    public IReadOnlyList<JsonElement> Messages => [.. Json.GetProperty("messages").EnumerateArray()];

    public IReadOnlyList<string> Roles => [.. Messages.Select(message => message.GetProperty("role").GetString()!)];

    /// <summary>The function tools by name; none when the field is absent.</summary>
    public IReadOnlyDictionary<string, JsonElement> Tools =>
        Json.TryGetProperty("tools", out var tools)
            ? tools.EnumerateArray().Select(tool => tool.GetProperty("function")).ToDictionary(f => f.GetProperty("name").GetString()!)
            : new Dictionary<string, JsonElement>();

    public bool Has(string field) => Json.TryGetProperty(field, out _);

    /// <summary>The last message of a role.</summary>
    public JsonElement Last(string role) => Messages.Last(message => message.GetProperty("role").ValueEquals(role));

    /// <summary>The name of the one tool that ends like this: a backend sees a tool of a server under a flattened name.</summary>
    public string ToolEndingWith(string suffix) => Tools.Keys.Single(name => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>All text of a message, whether its content is a string or parts.</summary>
    public static string Text(JsonElement message) => message.GetProperty("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray()
            .Where(part => part.GetProperty("type").ValueEquals("text"))
            .Select(part => part.GetProperty("text").GetString())),
        _ => "",
    };

    /// <summary>The URLs of a message's images.</summary>
    public static IReadOnlyList<string> Images(JsonElement message) =>
        message.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
            ? [.. parts.EnumerateArray().Where(part => part.GetProperty("type").ValueEquals("image_url")).Select(part => part.GetProperty("image_url").GetProperty("url").GetString()!)]
            : [];
}
