using System.Collections.Immutable;
using Codex.Translation.Chat;

namespace Codex.Translation.Dialects;

/// <summary>
/// How one kind of backend speaks chat/completions: data, and at most two functions. The defaults are what
/// an unknown host most likely accepts; each dialect's file says where it differs and why.
/// </summary>
public sealed record Dialect
{
    /// <summary>Lower-case, as written in <c>gateway.json</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True when the backend answers <c>/responses</c> itself; requests then pass untouched.</summary>
    public bool SpeaksResponses { get; init; }

    /// <summary>The role of the leading instructions: <c>developer</c> only where known to work (symptom 34).</summary>
    public string InstructionsRole { get; init; } = "system";

    /// <summary>What becomes of developer and system messages after the first other item.</summary>
    public LateInstructions LateInstructions { get; init; } = LateInstructions.AsUser;

    /// <summary>Neighbouring user messages become one, for templates that demand strict alternation.</summary>
    public bool MergeUserMessages { get; init; }

    /// <summary>The field of an assistant message that takes reasoning back, or null when the backend rejects it (symptom 32).</summary>
    public string? ReasoningReplayField { get; init; }

    /// <summary>Whether <c>reasoning_details</c> go back unchanged, in place of the text.</summary>
    public bool ReplaysReasoningDetails { get; init; }

    public ReasoningReplay ReasoningReplay { get; init; } = ReasoningReplay.Never;

    /// <summary>Sent as reasoning of an assistant message with tool calls that has none, where the field is demanded (symptom 31).</summary>
    public string? ReasoningPlaceholder { get; init; }

    /// <summary>Inline tags that open and close reasoning inside the content; null when the backend separates it itself.</summary>
    public ThinkTags? ThinkTags { get; init; } = ThinkTags.Think;

    /// <summary>Words that open and close what the backend itself says, as reasoning, while it loads a model; it is left out.</summary>
    public ThinkTags? LoadingNotice { get; init; }

    /// <summary>Shapes of tool calls that this backend's models leak into text; converted for declared tools only (symptom 24).</summary>
    public ImmutableArray<LeakedCallShape> LeakedCalls { get; init; } = [];

    public string MaxTokensField { get; init; } = "max_tokens";

    /// <summary>How <c>reasoning.effort</c> is sent; null drops it.</summary>
    public EffortForm? Effort { get; init; }

    public ToolChoiceSupport ToolChoice { get; init; } = ToolChoiceSupport.All;

    /// <summary>Whether <c>parallel_tool_calls</c> is sent; omitted unless the backend is known to take it.</summary>
    public bool SendsParallelToolCalls { get; init; }

    public ToolIdForm ToolIds { get; init; } = ToolIdForm.Verbatim;

    public bool SendsStrict { get; init; }

    /// <summary>Schema keywords the backend refuses, removed from tool parameters and response schemas.</summary>
    public ImmutableArray<string> RefusedSchemaKeywords { get; init; } = [];

    /// <summary>The keywords above are refused only at the root of a schema.</summary>
    public bool RefusesKeywordsAtRootOnly { get; init; }

    public bool StreamUsage { get; init; } = true;

    public ImageSupport Images { get; init; } = ImageSupport.Any;

    public bool TakesFiles { get; init; }

    public bool TakesAudio { get; init; }

    public FormatSupport ResponseFormat { get; init; } = FormatSupport.JsonSchema;

    /// <summary>Whether a structured answer can be streamed; else it is fetched whole and replayed (symptom 51).</summary>
    public bool StreamsStructured { get; init; } = true;

    /// <summary>
    /// Whether tools can be called while a structured answer is asked for. Engines that bind the answer to a grammar
    /// from its first token leave no room for a call; the shape is then asked for in words.
    /// </summary>
    public bool StructuredWithTools { get; init; } = true;

    public SamplingFields Fields { get; init; } = SamplingFields.Common;

    /// <summary>The backend's template or parser fails on history arguments that are not valid JSON (symptom 23).</summary>
    public bool RepairsHistoryArguments { get; init; } = true;

    /// <summary>The content of an assistant message that has calls and no text.</summary>
    public EmptyContent EmptyContent { get; init; } = EmptyContent.Null;

    /// <summary>How the backend's own answer names a key problem, a cold model or a full context, beyond the common words.</summary>
    public ImmutableArray<FaultSign> FaultSigns { get; init; } = [];

    /// <summary>
    /// A model that the backend lists, or listed before, and does not find is one that it has put away and brings back
    /// when it is asked for. Elsewhere such a 404 means what it says.
    /// </summary>
    public bool NotFoundWhenCold { get; init; }

    /// <summary>Last change to a finished chat request.</summary>
    public Func<ChatRequest, ChatRequest>? RewriteRequest { get; init; }
}

public enum LateInstructions
{
    /// <summary>A user message in the same place: keeps every earlier byte, so prefix caches stay warm.</summary>
    AsUser,

    /// <summary>A message of the instructions role in the same place.</summary>
    InPlace,
}

public enum ReasoningReplay
{
    Never,

    /// <summary>Only for turns since the last user message: the tool loop in progress.</summary>
    ToolLoop,

    Always,
}

public sealed record ThinkTags(string Open, string Close)
{
    public static readonly ThinkTags Think = new("<think>", "</think>");
}

public enum LeakedCallShape
{
    /// <summary><c>&lt;tool_call&gt;{"name":…,"arguments":…}&lt;/tool_call&gt;</c></summary>
    ToolCallTag,

    /// <summary><c>[TOOL_CALLS][{"name":…,"arguments":…}]</c></summary>
    ToolCallsMarker,

    /// <summary><c>&lt;function=name&gt;{…}&lt;/function&gt;</c>, also with <c>&lt;parameter=x&gt;</c> children.</summary>
    FunctionTag,

    /// <summary>Harmony: <c>&lt;|channel|&gt;commentary to=functions.name …&lt;|message|&gt;{…}&lt;|call|&gt;</c></summary>
    Harmony,

    /// <summary><c>&lt;invoke name="x"&gt;&lt;parameter name="a"&gt;1&lt;/parameter&gt;&lt;/invoke&gt;</c></summary>
    InvokeTag,

    /// <summary><c>&lt;|tool_call_begin|&gt;functions.name:0&lt;|tool_call_argument_begin|&gt;{…}&lt;|tool_call_end|&gt;</c></summary>
    CallSection,

    /// <summary><c>&lt;|python_tag|&gt;{"name":…,"parameters":…}</c></summary>
    PythonTag,
}

/// <summary>How a dialect expresses reasoning effort.</summary>
/// <param name="Field">Where the word goes; a dotted path nests, as <c>reasoning.effort</c>.</param>
/// <param name="Values">Words that are mapped; a word not listed is passed on when <paramref name="PassOthers"/> is set, else dropped.</param>
public sealed record EffortForm(string Field, ImmutableDictionary<string, string> Values, bool PassOthers)
{
    /// <summary>Raw JSON fields added for an effort word, for backends with a switch instead of a scale.</summary>
    public ImmutableDictionary<string, ImmutableArray<KeyValuePair<string, string>>> Switches { get; init; } =
        ImmutableDictionary<string, ImmutableArray<KeyValuePair<string, string>>>.Empty;
}

[Flags]
public enum ToolChoiceSupport
{
    None = 0,
    Auto = 1,
    Never = 2,
    Required = 4,
    Named = 8,
    All = Auto | Never | Required | Named,
}

public enum ToolIdForm
{
    Verbatim,

    /// <summary>Exactly nine letters or digits (symptom 21).</summary>
    NineAlphanumeric,
}

public enum ImageSupport
{
    None,
    DataUrl,
    Any,
}

public enum EmptyContent
{
    Null,
    EmptyString,

    /// <summary>A list with one empty text part.</summary>
    Parts,
}

public enum FormatSupport
{
    None,
    JsonObject,
    JsonSchema,
}

/// <summary>Optional top-level fields the backend takes; what is not listed is dropped and reported.</summary>
[Flags]
public enum SamplingFields
{
    None = 0,
    Temperature = 1,
    TopP = 2,
    Penalties = 4,
    Stop = 8,
    Seed = 16,
    TopLogprobs = 32,
    ServiceTier = 64,
    PromptCacheKey = 128,
    User = 256,
    Metadata = 512,
    Verbosity = 1024,
    SafetyIdentifier = 2048,
    Common = Temperature | TopP | Penalties | Stop | Seed,
    All = 4095,
}

/// <summary>What an upstream answer means, beyond its HTTP status.</summary>
public enum FaultMeaning
{
    Cold,
    ContextTooLong,
    WrongKey,
    NoQuota,
    UnknownModel,
    RateLimited,
}

/// <param name="Status">The HTTP status it comes with; null for any.</param>
/// <param name="Text">Part of the message, compared without case.</param>
public sealed record FaultSign(int? Status, string Text, FaultMeaning Meaning);
