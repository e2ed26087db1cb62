using System.Collections.Immutable;

namespace Codex.Translation.Chat;

/// <summary>What one chunk of a chat stream carries. A struct: one is made per token.</summary>
public readonly record struct ChatChunk
{
    public string? Content { get; init; }

    public string? Reasoning { get; init; }

    /// <summary>Raw JSON of the entries of <c>reasoning_details</c>, without the brackets.</summary>
    public string? ReasoningDetails { get; init; }

    public string? Refusal { get; init; }

    /// <summary>Default (not empty) when the chunk has none, which is nearly always.</summary>
    public ImmutableArray<ToolCallDelta> ToolCalls { get; init; }

    public string? FinishReason { get; init; }

    public ChatUsage? Usage { get; init; }

    public UpstreamFault? Fault { get; init; }

    /// <summary>False for a chunk beside the answer, as one that holds nothing but usage.</summary>
    public bool HasChoice { get; init; }

    /// <summary>True for a chunk that is a whole answer, where a stream was asked but a JSON body came.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>A piece of a tool call; every field may be missing, late or repeated (symptoms 19, 20).</summary>
/// <param name="Position">Where it stood in this chunk's array, the last key when index and id are missing.</param>
public sealed record ToolCallDelta(int Position, int? Index, string? Id, string? Name, string? Arguments);

public sealed record ChatUsage(long PromptTokens, long CompletionTokens, long CachedTokens, long ReasoningTokens);

/// <summary>An error object the backend sent, in whichever of its shapes.</summary>
/// <param name="Status">An HTTP status, from the object or the response; null when the backend named none.</param>
/// <param name="Code">The backend's own word or number.</param>
public sealed record UpstreamFault(int? Status, string? Code, string? Type, string Message);
