using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Contract.Tests.Providers;

/// <summary>What came back for one request, read.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Events">In order; empty for an answer that is not a stream.</param>
/// <param name="Body">The response object or the error object; undefined when the stream never ended.</param>
/// <param name="Dropped">Paths the gateway could not carry over, joined by commas.</param>
/// <param name="UpstreamRequests">How often the backend was asked for it; null when nobody counted.</param>
public sealed record CaseAnswer(int Status, ImmutableArray<JsonElement> Events, JsonElement Body, string Dropped, int? UpstreamRequests)
{
    private static readonly ImmutableArray<string> Terminal = ["response.completed", "response.incomplete", "response.failed"];

    /// <summary>completed, incomplete or failed; empty for an HTTP error.</summary>
    public string ResponseStatus => Text(Body, "status") ?? "";

    public IEnumerable<JsonElement> Output => Items(Body, "output");

    /// <summary>All words of its messages.</summary>
    public string Said => string.Concat(Output.Where(o => Text(o, "type") == "message")
        .SelectMany(m => Items(m, "content")).Select(p => Text(p, "text") ?? Text(p, "refusal")));

    /// <summary>All reasoning that can be read.</summary>
    public string Thought => string.Concat(Output.Where(o => Text(o, "type") == "reasoning")
        .SelectMany(r => Items(r, "summary").Concat(Items(r, "content"))).Select(p => Text(p, "text")));

    public ImmutableArray<JsonElement> Calls =>
        [.. Output.Where(o => Text(o, "type") is "function_call" or "custom_tool_call")];

    public string? ErrorMessage => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("error", out var error) ? Text(error, "message") : null;

    public string? ErrorCode => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("error", out var error) ? Text(error, "code") : null;

    public bool HasDropped(string path) => Dropped.Split(',').Contains(path, StringComparer.Ordinal);

    /// <summary>What is wrong with the form of a stream, whatever it says; null when nothing is.</summary>
    public string? FlawOfForm()
    {
        if (Status != 200 || Events.IsEmpty)
            return null;
        for (var i = 0; i < Events.Length; i++)
        {
            if (!Events[i].TryGetProperty("sequence_number", out var number) || number.GetInt32() != i)
                return $"event {i} has another sequence number";
        }

        var ends = Events.Count(IsTerminal);
        if (ends != 1)
            return $"the stream has {ends} terminal events";
        if (!IsTerminal(Events[^1]))
            return "events follow the terminal one";
        var streamed = string.Concat(Events.Where(e => Text(e, "type") == "response.output_text.delta").Select(e => Text(e, "delta")));
        return streamed == Said ? null : "the streamed words are not those of the response";
    }

    private static bool IsTerminal(JsonElement sent) => Text(sent, "type") is { } type && Terminal.Contains(type);

    internal static string? Text(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    private static IEnumerable<JsonElement> Items(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray()
            : [];
}
