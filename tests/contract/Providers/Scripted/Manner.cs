using System.Collections.Immutable;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>How one kind of backend answers and what it refuses; the counterpart of the dialect of the same name.</summary>
internal sealed record Manner(string Name)
{
    public ReasoningForm Reasoning { get; init; } = new ReasoningForm.Silent();

    public CallForm Calls { get; init; } = CallForm.Fragments;

    /// <summary>The id of a call, by its place in the answer and its name.</summary>
    public Func<int, string, string> CallId { get; init; } = (place, _) => $"call_{place}aBcDeFgHiJkLmNoPqRsTuV";

    public UsageForm Usage { get; init; } = UsageForm.OwnChunkWhenAsked;

    /// <summary>What precedes every streamed answer, as an SSE comment.</summary>
    public string? Comment { get; init; }

    /// <summary>Pieces shown as reasoning before the model is heard.</summary>
    public ImmutableArray<string> LoadingNotice { get; init; } = [];

    /// <summary>A response format is a grammar that holds from the first token.</summary>
    public bool BindsByGrammar { get; init; }

    public bool IgnoresToolChoice { get; init; }

    public Func<Complaint, ChatScript> Errors { get; init; } = ErrorShapes.Nested;

    /// <summary>Asked in order; the first complaint is the answer.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    /// <summary>Null when any name is served; <c>{model}</c> stands for the name.</summary>
    public Complaint? UnknownModel { get; init; }

    /// <summary>Null when no key is looked at.</summary>
    public Complaint? WrongKey { get; init; }

    /// <summary>Null when a long conversation loses its beginning in silence.</summary>
    public Complaint? TooLong { get; init; } =
        new(400, "This model's maximum context length is 20000 tokens. Please reduce the length of the messages.", "invalid_request_error", "context_length_exceeded");
}

/// <summary>A request that is not served, and why.</summary>
internal sealed record Complaint(int Status, string Message, string Type = "invalid_request_error", string? Code = null);

internal delegate Complaint? Refusal(ChatPrompt prompt);

/// <summary>Where the model's thoughts are sent.</summary>
internal abstract record ReasoningForm
{
    private ReasoningForm()
    {
    }

    public sealed record Silent : ReasoningForm;

    public sealed record Field(string Name) : ReasoningForm;

    /// <summary><c>reasoning_details</c>, beside a plain field or alone.</summary>
    public sealed record Details(string? PlainField) : ReasoningForm;

    /// <summary>Inside the content, between think tags.</summary>
    public sealed record Tags : ReasoningForm;

    /// <summary>Content as a list with a part of the type "thinking".</summary>
    public sealed record Parts : ReasoningForm;
}

internal enum CallForm
{
    /// <summary>Name first, arguments in pieces, by index.</summary>
    Fragments,

    /// <summary>As <see cref="Fragments"/>, with an empty id and the name again in every piece.</summary>
    FragmentsRepeating,

    /// <summary>Each call whole in its own chunk.</summary>
    Whole,

    /// <summary>As <see cref="Whole"/>, every one under index 0.</summary>
    WholeSharedIndex,

    /// <summary>All calls whole in one chunk, without index.</summary>
    WholeWithoutIndex,
}

internal enum UsageForm
{
    OwnChunkWhenAsked,
    LastChunk,
    EachChunk,
}
