using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>
/// Writes a streamed chat/completions answer event by event, well formed or in any odd form a backend has.
/// Nothing is added by itself: a stream without <see cref="Finish"/> or <see cref="Done"/> has none.
/// </summary>
public sealed class ChatStreamBuilder
{
    private readonly ChatIdentity _identity;
    private readonly ImmutableArray<ScriptStep>.Builder _steps = ImmutableArray.CreateBuilder<ScriptStep>();
    private string _newLine = "\n";
    private ScriptedUsage? _usageInEach;

    public ChatStreamBuilder(string model = "scripted-model")
        : this(new ChatIdentity(model))
    {
    }

    public ChatStreamBuilder(ChatIdentity identity)
    {
        _identity = identity;
        _steps.Add(ChatScript.Head(200, ChatScript.EventStream));
    }

    /// <summary>Line ends of what follows become CR LF.</summary>
    public ChatStreamBuilder Crlf()
    {
        _newLine = "\r\n";
        return this;
    }

    /// <summary>Every chunk that follows carries these counts.</summary>
    public ChatStreamBuilder UsageInEach(ScriptedUsage usage)
    {
        _usageInEach = usage;
        return this;
    }

    public ChatStreamBuilder Role() => Delta("""{"role":"assistant","content":""}""");

    /// <summary>One chunk per text.</summary>
    public ChatStreamBuilder Content(params ReadOnlySpan<string> deltas)
    {
        foreach (var delta in deltas)
            Delta($$"""{"content":{{ChatJson.Quote(delta)}}}""");
        return this;
    }

    /// <summary>One chunk per text in the given field, for instance <c>reasoning_content</c> or <c>reasoning</c>.</summary>
    public ChatStreamBuilder Reasoning(string field, params ReadOnlySpan<string> deltas)
    {
        foreach (var delta in deltas)
            Delta("{" + ChatJson.Quote(field) + ":" + ChatJson.Quote(delta) + "}");
        return this;
    }

    /// <summary>One chunk per text as <c>reasoning_details</c> with one <c>reasoning.text</c> entry.</summary>
    public ChatStreamBuilder ReasoningDetails(params ReadOnlySpan<string> deltas)
    {
        foreach (var delta in deltas)
            Delta($$"""{"reasoning_details":[{"type":"reasoning.text","text":{{ChatJson.Quote(delta)}},"index":0}]}""");
        return this;
    }

    /// <summary>All fragments in one chunk.</summary>
    public ChatStreamBuilder ToolCalls(params ToolCallFragment[] fragments) => Delta(ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tool_calls");
        foreach (var fragment in fragments)
            fragment.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    /// <summary>A chunk with this JSON as its delta.</summary>
    public ChatStreamBuilder Delta(string deltaJson) => Chunk(deltaJson, finishReason: null, _usageInEach);

    /// <summary>The closing chunk, with counts in it when the backend sends them there.</summary>
    public ChatStreamBuilder Finish(string reason = "stop", ScriptedUsage? usage = null) =>
        Chunk("{}", reason, usage ?? _usageInEach);

    /// <summary>A chunk that holds nothing but counts; <c>choices</c> is empty.</summary>
    public ChatStreamBuilder Usage(ScriptedUsage usage) => WithChoices("[]", usage);

    /// <summary>A chunk with this JSON as <c>choices</c> (for instance <c>null</c>), or without the key when null.</summary>
    public ChatStreamBuilder WithChoices(string? choicesJson, ScriptedUsage? usage = null) => Data(ChatJson.Text(writer =>
    {
        writer.WriteStartObject();
        _identity.WriteTo(writer, "chat.completion.chunk");
        if (choicesJson is not null)
        {
            writer.WritePropertyName("choices");
            writer.WriteRawValue(choicesJson);
        }

        WriteUsage(writer, usage);
        writer.WriteEndObject();
    }));

    /// <summary>An error object inside the stream, as OpenAI-like backends send it under status 200.</summary>
    public ChatStreamBuilder Error(string message, string type = "server_error", string? code = null) =>
        Data(ChatJson.Error(message, type, code));

    public ChatStreamBuilder Done() => Data("[DONE]");

    /// <summary>One event with this payload, named when <paramref name="eventName"/> is given.</summary>
    public ChatStreamBuilder Data(string payload, string? eventName = null) => Raw(
        (eventName is null ? "" : $"event: {eventName}{_newLine}") + $"data: {payload}{_newLine}{_newLine}");

    /// <summary>An SSE comment, the keepalive of some backends.</summary>
    public ChatStreamBuilder Comment(string text) => Raw($": {text}{_newLine}{_newLine}");

    /// <summary>Exactly this text, flushed.</summary>
    public ChatStreamBuilder Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>Exactly these bytes, flushed.</summary>
    public ChatStreamBuilder Raw(ReadOnlyMemory<byte> bytes)
    {
        _steps.Add(new ScriptStep.Write(bytes));
        return Step(new ScriptStep.Flush());
    }

    public ChatStreamBuilder Pause(TimeSpan duration) => Step(new ScriptStep.Pause(duration));

    public ChatStreamBuilder Hang() => Step(new ScriptStep.Hang());

    /// <summary>Breaks the connection here.</summary>
    public ChatStreamBuilder Abort() => Step(new ScriptStep.Abort());

    public ChatScript ToScript() => new(_steps.ToImmutable());

    private ChatStreamBuilder Step(ScriptStep step)
    {
        _steps.Add(step);
        return this;
    }

    private ChatStreamBuilder Chunk(string deltaJson, string? finishReason, ScriptedUsage? usage)
    {
        var reason = finishReason is null ? "null" : ChatJson.Quote(finishReason);
        return WithChoices($$"""[{"index":0,"delta":{{deltaJson}},"finish_reason":{{reason}}}]""", usage);
    }

    private static void WriteUsage(Utf8JsonWriter writer, ScriptedUsage? usage)
    {
        if (usage is null)
            return;
        writer.WritePropertyName("usage");
        usage.WriteTo(writer);
    }
}
