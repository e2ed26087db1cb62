using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>One <c>POST /responses</c> body, parsed once. Fields this library does not know stay in <see cref="Unknown"/>.</summary>
public sealed record ResponsesRequest
{
    /// <summary>The model as the client asked for it; answers carry it back unchanged.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the client wants an event stream; the upstream call streams either way.</summary>
    public bool Stream { get; init; }

    public string? Instructions { get; init; }

    public ImmutableArray<InputItem> Input { get; init; } = [];

    public ImmutableArray<Tool> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public ReasoningOptions? Reasoning { get; init; }

    public TextOptions? Text { get; init; }

    public int? MaxOutputTokens { get; init; }

    public int? MaxToolCalls { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public double? PresencePenalty { get; init; }

    public double? FrequencyPenalty { get; init; }

    public int? TopLogprobs { get; init; }

    public long? Seed { get; init; }

    public ImmutableArray<string> Stop { get; init; } = [];

    public string? ServiceTier { get; init; }

    public string? PromptCacheKey { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string? User { get; init; }

    public string? Truncation { get; init; }

    public string? PreviousResponseId { get; init; }

    public bool? Store { get; init; }

    public bool? Background { get; init; }

    public ImmutableArray<string> Include { get; init; } = [];

    public JsonElement? Metadata { get; init; }

    /// <summary>The <c>tools</c> array as it came, for the echo in the response object.</summary>
    public JsonElement? ToolsAsSent { get; init; }

    /// <summary>The <c>tool_choice</c> value as it came, for the echo in the response object.</summary>
    public JsonElement? ToolChoiceAsSent { get; init; }

    /// <summary>Top-level fields outside the Responses specification, in the order sent.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Unknown { get; init; } = [];
}

/// <summary><c>reasoning</c> of a request; values are kept as words because vendors add their own.</summary>
public sealed record ReasoningOptions(string? Effort, string? Summary);

/// <summary><c>text</c> of a request.</summary>
public sealed record TextOptions(TextFormat Format, string? Verbosity);

/// <summary><c>text.format</c>: what shape the answer's text must have.</summary>
public abstract record TextFormat
{
    private TextFormat()
    {
    }

    public sealed record Plain : TextFormat;

    public sealed record AnyJson : TextFormat;

    public sealed record Schema(string Name, string? Description, JsonElement Definition, bool? Strict) : TextFormat;
}
