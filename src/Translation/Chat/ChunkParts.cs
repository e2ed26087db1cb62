using System.Collections.Immutable;

namespace Codex.Translation.Chat;

/// <summary>What has been read of a chunk so far; becomes a <see cref="ChatChunk"/> once the object is at its end.</summary>
internal struct ChunkParts
{
    public string? Content;
    public string? ReasoningContent;
    public string? Reasoning;
    public string? ContentReasoning;
    public string? DetailsText;
    public string? Details;
    public string? Refusal;
    public ImmutableArray<ToolCallDelta> ToolCalls;
    public string? FinishReason;
    public ChatUsage? Usage;
    public UpstreamFault? Fault;
    public bool HasChoices;
    public bool HasChoice;
    public bool IsWhole;
    public bool SaysError;
    public bool SaysFailed;
    public string? TopMessage;
    public string? TopCode;

    public readonly ChatChunk ToChunk() => new()
    {
        Content = NullIfEmpty(Content),
        // A backend that sends reasoning under several names sends the same text under each.
        Reasoning = NullIfEmpty(ReasoningContent) ?? NullIfEmpty(Reasoning) ?? NullIfEmpty(DetailsText) ?? NullIfEmpty(ContentReasoning),
        ReasoningDetails = Details,
        Refusal = NullIfEmpty(Refusal),
        ToolCalls = ToolCalls,
        FinishReason = FinishReason,
        Usage = Usage,
        Fault = Fault ?? TopFault(),
        HasChoice = HasChoice,
        IsWhole = IsWhole,
    };

    private readonly UpstreamFault? TopFault()
    {
        if (SaysFailed || SaysError)
            return Describe();
        // {"message":…} or {"detail":…} alone is an error body; beside choices, usage or a code of success it is decoration.
        return TopMessage is not null && !HasChoices && Usage is null && TopCode is not ("0" or "200") ? Describe() : null;
    }

    private readonly UpstreamFault Describe() => new(
        int.TryParse(TopCode, out var status) && status is >= 400 and < 600 ? status : null,
        TopCode,
        Type: null,
        TopMessage ?? "the backend reported an error without a message");

    internal static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
