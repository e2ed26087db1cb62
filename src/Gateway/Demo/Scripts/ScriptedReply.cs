using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>One whole assistant answer, before it is decided how it travels.</summary>
public sealed record ScriptedReply
{
    public string? Content { get; init; }

    public ImmutableArray<ScriptedToolCall> ToolCalls { get; init; } = [];

    /// <summary><c>stop</c>, <c>tool_calls</c>, <c>length</c>, or whatever a backend says.</summary>
    public string FinishReason { get; init; } = "stop";

    public ScriptedUsage Usage { get; init; } = new(0, 0);

    /// <summary>The answer as one <c>chat.completion</c> object.</summary>
    public string ToJson(ChatIdentity identity) => ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        identity.WriteTo(writer, "chat.completion");
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        ChatJson.WriteNullable(writer, "content", Content);
        if (!ToolCalls.IsEmpty)
        {
            writer.WriteStartArray("tool_calls");
            foreach (var call in ToolCalls)
                new ToolCallFragment(Index: null, call.Id, call.Name, call.Arguments).WriteTo(writer);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteString("finish_reason", FinishReason);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WritePropertyName("usage");
        Usage.WriteTo(writer);
        writer.WriteEndObject();
    });
}

/// <summary>A complete call; <paramref name="Arguments"/> is text, so that it may be broken JSON.</summary>
public sealed record ScriptedToolCall(string Id, string Name, string Arguments);

/// <summary>What every chunk of one stream repeats. <paramref name="Created"/> is in Unix seconds.</summary>
public sealed record ChatIdentity(string Model, string Id = "chatcmpl-scripted", long Created = 1_700_000_000)
{
    internal void WriteTo(Utf8JsonWriter writer, string kind)
    {
        writer.WriteString("id", Id);
        writer.WriteString("object", kind);
        writer.WriteNumber("created", Created);
        writer.WriteString("model", Model);
    }
}

/// <summary>Token counts; details are left out of the JSON when null, as many backends do.</summary>
public sealed record ScriptedUsage(int PromptTokens, int CompletionTokens, int? CachedTokens = null, int? ReasoningTokens = null)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens", PromptTokens);
        writer.WriteNumber("completion_tokens", CompletionTokens);
        writer.WriteNumber("total_tokens", PromptTokens + CompletionTokens);
        if (CachedTokens is { } cached)
        {
            writer.WriteStartObject("prompt_tokens_details");
            writer.WriteNumber("cached_tokens", cached);
            writer.WriteEndObject();
        }

        if (ReasoningTokens is { } reasoning)
        {
            writer.WriteStartObject("completion_tokens_details");
            writer.WriteNumber("reasoning_tokens", reasoning);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}

/// <summary>
/// One entry of <c>delta.tool_calls</c>. Null members are left out, which is how backends produce symptom 20:
/// an index that is missing, repeated or shared.
/// </summary>
public sealed record ToolCallFragment(int? Index, string? Id = null, string? Name = null, string? Arguments = null)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Index is { } index)
            writer.WriteNumber("index", index);
        if (Id is not null)
        {
            writer.WriteString("id", Id);
            writer.WriteString("type", "function");
        }

        if (Name is not null || Arguments is not null)
        {
            writer.WriteStartObject("function");
            if (Name is not null)
                writer.WriteString("name", Name);
            if (Arguments is not null)
                writer.WriteString("arguments", Arguments);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
