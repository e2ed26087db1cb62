using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>One entry of <c>input</c>. Ids and statuses of earlier answers are not kept: no chat backend takes them.</summary>
public abstract record InputItem
{
    private InputItem()
    {
    }

    public sealed record Message(MessageRole Role, ImmutableArray<ContentPart> Content) : InputItem;

    /// <param name="Text">Content parts (the reasoning in full), else summary parts, joined by blank lines; empty when the item has neither.</param>
    /// <param name="EncryptedContent">Opaque to us unless it is our own envelope.</param>
    public sealed record Reasoning(string Text, string? EncryptedContent) : InputItem;

    public sealed record FunctionCall(string CallId, string Name, string? Namespace, string Arguments) : InputItem;

    public sealed record CustomToolCall(string CallId, string Name, string? Namespace, string Input) : InputItem;

    /// <summary>The legacy shell call: <c>action</c> becomes the arguments of the shell function.</summary>
    public sealed record LocalShellCall(string CallId, JsonElement Action) : InputItem;

    /// <param name="Arguments">An object here, unlike the string of a function call.</param>
    public sealed record ToolSearchCall(string CallId, JsonElement Arguments) : InputItem;

    /// <param name="Tools">Tools the client's search found; callable from now on though absent from <c>tools</c>.</param>
    public sealed record ToolSearchOutput(string CallId, ImmutableArray<Tool> Tools) : InputItem;

    /// <summary>The output of a function, custom or local shell call; one union of strings and parts for all.</summary>
    public sealed record ToolOutput(string CallId, ImmutableArray<ContentPart> Content) : InputItem;

    /// <summary>A search that a server ran by itself in an earlier answer.</summary>
    public sealed record WebSearchCall(JsonElement? Action) : InputItem;

    /// <summary>A message between agents of one session (Codex 0.169).</summary>
    public sealed record AgentMessage(string Author, string Recipient, ImmutableArray<ContentPart> Content) : InputItem;

    /// <summary>What an earlier compaction left; readable only when it is our own envelope.</summary>
    public sealed record Compaction(string EncryptedContent) : InputItem;

    /// <summary>The client asks for one <c>compaction</c> item instead of an answer (Codex remote compaction v2).</summary>
    public sealed record CompactionTrigger : InputItem;

    /// <summary>Tools that arrive inside <c>input</c> (Codex code mode), symptom 18.</summary>
    public sealed record AdditionalTools(ImmutableArray<Tool> Tools) : InputItem;

    /// <summary>A reference to an item of a stored response.</summary>
    public sealed record ItemReference(string Id) : InputItem;

    /// <summary>An item type this library does not know, kept whole.</summary>
    public sealed record Unknown(string Type, JsonElement Raw) : InputItem;
}

public enum MessageRole
{
    User,
    Assistant,
    System,
    Developer,
}

/// <summary>A part of a message or of a tool's output.</summary>
public abstract record ContentPart
{
    private ContentPart()
    {
    }

    public sealed record Text(string Value) : ContentPart;

    public sealed record Refusal(string Value) : ContentPart;

    /// <param name="Url">A data URL or an http(s) URL.</param>
    public sealed record Image(string Url, string? Detail) : ContentPart;

    /// <summary>Exactly one of data, URL and id is set.</summary>
    public sealed record File(string? Data, string? Url, string? Id, string? Name) : ContentPart;

    /// <param name="Data">Base64, without a data URL prefix.</param>
    /// <param name="Format">For example <c>wav</c> or <c>mp3</c>.</param>
    public sealed record Audio(string Data, string Format) : ContentPart;

    public sealed record Unknown(string Type, JsonElement Raw) : ContentPart;
}
