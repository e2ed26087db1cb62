using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Chat;

/// <summary>One <c>POST /chat/completions</c> body. Null means: the field is not sent.</summary>
public sealed record ChatRequest
{
    public required string Model { get; init; }

    public ImmutableArray<ChatMessage> Messages { get; init; } = [];

    public ImmutableArray<ChatTool> Tools { get; init; } = [];

    public ChatToolChoice? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    /// <summary>False only where the backend cannot stream what is asked; the answer is then one JSON body.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>Whether <c>stream_options.include_usage</c> is sent.</summary>
    public bool IncludeUsage { get; init; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public double? PresencePenalty { get; init; }

    public double? FrequencyPenalty { get; init; }

    public ImmutableArray<string> Stop { get; init; } = [];

    public long? Seed { get; init; }

    public int? TopLogprobs { get; init; }

    public string? ServiceTier { get; init; }

    public string? PromptCacheKey { get; init; }

    public string? User { get; init; }

    public JsonElement? Metadata { get; init; }

    public ChatResponseFormat? ResponseFormat { get; init; }

    /// <summary>Fields of one dialect, as raw JSON, written in this order after the common ones.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Extra { get; init; } = [];
}

/// <summary>One message of a chat.</summary>
public abstract record ChatMessage
{
    private ChatMessage()
    {
    }

    /// <param name="Role"><c>system</c>, or <c>developer</c> where the backend knows it.</param>
    public sealed record Instructions(string Role, string Text) : ChatMessage;

    public sealed record User(ImmutableArray<ChatPart> Parts) : ChatMessage;

    /// <param name="Reasoning">Replayed in the dialect's field; null where the backend rejects it.</param>
    /// <param name="ReasoningDetails">Raw JSON array, replayed unchanged where the dialect asks for it.</param>
    public sealed record Assistant(string? Text, string? Reasoning, string? ReasoningDetails, ImmutableArray<ChatToolCall> ToolCalls)
        : ChatMessage;

    public sealed record Tool(string CallId, string Text) : ChatMessage;
}

/// <summary>A part of a user message.</summary>
public abstract record ChatPart
{
    private ChatPart()
    {
    }

    public sealed record Text(string Value) : ChatPart;

    public sealed record Image(string Url, string? Detail) : ChatPart;

    public sealed record File(string? Data, string? Id, string? Name) : ChatPart;

    public sealed record Audio(string Data, string Format) : ChatPart;
}

/// <param name="Arguments">JSON text as the model wrote it.</param>
public sealed record ChatToolCall(string Id, string Name, string Arguments);

/// <param name="Parameters">A JSON schema as raw text.</param>
public sealed record ChatTool(string Name, string? Description, string Parameters, bool? Strict);

public abstract record ChatToolChoice
{
    private ChatToolChoice()
    {
    }

    public sealed record None : ChatToolChoice;

    public sealed record Required : ChatToolChoice;

    public sealed record Function(string Name) : ChatToolChoice;
}

public abstract record ChatResponseFormat
{
    private ChatResponseFormat()
    {
    }

    public sealed record JsonObject : ChatResponseFormat;

    /// <param name="Schema">Raw JSON.</param>
    public sealed record JsonSchema(string Name, string? Description, string Schema, bool? Strict) : ChatResponseFormat;
}
