using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>The response object at one moment. The writer gives every key of the specification, null where nothing applies.</summary>
public sealed record ResponseObject(
    ResponseTemplate Template,
    ResponseStatus Status,
    ImmutableArray<OutputItem> Output,
    ResponseUsage? Usage = null,
    ResponseError? Error = null,
    string? IncompleteReason = null,
    long? CompletedAt = null);

public enum ResponseStatus
{
    InProgress,
    Completed,
    Incomplete,
    Failed,
}

/// <summary>What of a response is known before the model answers.</summary>
/// <param name="Id"><c>resp_</c> and 32 hex digits; item ids derive from it, so the same input gives the same events.</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="Request">Echoed in the response object.</param>
public sealed record ResponseTemplate(string Id, long CreatedAt, ResponsesRequest Request)
{
    /// <summary>The echoed tools, normalised once because three events of every answer carry them.</summary>
    internal ReadOnlyMemory<byte> EchoedTools { get; } = Responses.EchoedTools.Write(Request.ToolsAsSent);

    /// <summary>The same without what no answer echoes: a conversation may be megabytes, and its answer takes minutes.</summary>
    public ResponseTemplate WithoutConversation() => this with
    {
        Request = Request with
        {
            Input = [],
            Tools = [],
            ToolsAsSent = null,
            ToolChoice = null,
            ToolChoiceAsSent = Detach(Request.ToolChoiceAsSent),
            Metadata = Detach(Request.Metadata),
            Text = Request.Text is { Format: TextFormat.Schema schema } text
                ? text with { Format = schema with { Definition = Detach(schema.Definition)!.Value } }
                : Request.Text,
            Unknown = [],
        },
    };

    /// <summary>A part of the body would keep the whole in memory, and so would its clone.</summary>
    private static JsonElement? Detach(JsonElement? part) => part is { } value ? JsonElement.Parse(value.GetRawText()) : null;
}

/// <summary><c>error</c> of a failed response, also the body of an HTTP error.</summary>
/// <param name="Code">Decides what clients do: Codex retries almost everything but <c>invalid_prompt</c>.</param>
public sealed record ResponseError(string Code, string Message, string Type = "server_error", string? Param = null)
{
    public JsonElement? Details { get; init; }
}

/// <summary>Token counts of one answer.</summary>
/// <param name="Estimated">True when the backend sent none and the numbers are our estimate (four characters a token).</param>
public sealed record ResponseUsage(
    long InputTokens,
    long CachedTokens,
    long OutputTokens,
    long ReasoningTokens,
    bool Estimated = false)
{
    public long TotalTokens => InputTokens + OutputTokens;
}
