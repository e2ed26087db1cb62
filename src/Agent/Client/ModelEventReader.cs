using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Client;

/// <summary>Reads the data of one event of a Responses stream; what the agent has no use for is null.</summary>
public static class ModelEventReader
{
    public static ModelEvent? Read(ReadOnlySpan<byte> data)
    {
        JsonDocument document;
        try
        {
            var reader = new Utf8JsonReader(data);
            document = JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            // "[DONE]" and whatever else is no JSON carries nothing.
            return null;
        }

        using (document)
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
    }

    private static ModelEvent? Read(JsonElement e) => Text(e, "type") switch
    {
        "response.output_text.delta" when Text(e, "delta") is { Length: > 0 } text => new ModelEvent.TextDelta(text),
        "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" when Text(e, "delta") is { Length: > 0 } text => new ModelEvent.ReasoningDelta(text),
        "response.output_item.done" when e.TryGetProperty("item", out var item) && HistoryItemReader.Read(item.Clone()) is { } read => new ModelEvent.ItemDone(read),
        "response.completed" => Completed(Response(e)),
        "response.incomplete" => Incomplete(Response(e)),
        "response.failed" => new ModelEvent.Failed(ResponseFault.Read(Error(Response(e)))),
        "error" => new ModelEvent.Failed(ResponseFault.Read(Error(e) ?? e)),
        _ => null,
    };

    private static ModelEvent.Completed Completed(JsonElement? response) => new(
        UsageOf(response),
        response is not { } r || !r.TryGetProperty("end_turn", out var end) || end.ValueKind != JsonValueKind.False);

    private static ModelEvent.Failed Incomplete(JsonElement? response)
    {
        var reason = response is { } r && r.TryGetProperty("incomplete_details", out var details) ? Text(details, "reason") : null;
        var message = $"Incomplete response returned, reason: {reason ?? "unknown"}";
        // A filter hits by chance now and then; going on where it struck would only meet it again.
        return new ModelEvent.Failed(reason == "content_filter" ? new ModelFault.Disconnected(message) : new ModelFault.Cut(message, UsageOf(response)));
    }

    private static TokenUsage? UsageOf(JsonElement? response)
    {
        if (response is not { } r || !r.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return null;
        return new TokenUsage(
            Number(usage, "input_tokens"), Number(usage, "input_tokens_details", "cached_tokens"),
            Number(usage, "output_tokens"), Number(usage, "output_tokens_details", "reasoning_tokens"));
    }

    private static JsonElement? Response(JsonElement e) =>
        e.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object ? response : null;

    private static JsonElement? Error(JsonElement? holder) =>
        holder is { } h && h.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error : null;

    private static long Number(JsonElement e, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (e.ValueKind != JsonValueKind.Object || !e.TryGetProperty(name, out e))
                return 0;
        }

        return e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var number) ? number : 0;
    }

    private static string? Text(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
