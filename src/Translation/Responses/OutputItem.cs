using System.Collections.Immutable;

namespace Codex.Translation.Responses;

/// <summary>An item of the answer.</summary>
/// <param name="Id">Stable from <c>added</c> to <c>done</c>, prefixed by kind; clients drop unprefixed ids.</param>
public abstract record OutputItem(string Id, ItemStatus Status)
{
    public sealed record Message(string Id, ItemStatus Status, ImmutableArray<OutputPart> Content) : OutputItem(Id, Status);

    /// <param name="Summary">The reasoning as summary parts: the shape every client accepts.</param>
    /// <param name="Content">The raw reasoning text, only when the client asked for it.</param>
    public sealed record Reasoning(string Id, ItemStatus Status, ImmutableArray<string> Summary, string? Content, string? EncryptedContent)
        : OutputItem(Id, Status);

    public sealed record FunctionCall(string Id, ItemStatus Status, string CallId, string Name, string? Namespace, string Arguments)
        : OutputItem(Id, Status);

    public sealed record CustomToolCall(string Id, ItemStatus Status, string CallId, string Name, string? Namespace, string Input)
        : OutputItem(Id, Status);

    /// <param name="Arguments">A JSON object as text.</param>
    public sealed record ToolSearchCall(string Id, ItemStatus Status, string CallId, string Arguments) : OutputItem(Id, Status);

    /// <param name="Action">A JSON object as text, <c>{"type":"exec","command":[…]}</c>.</param>
    public sealed record LocalShellCall(string Id, ItemStatus Status, string CallId, string Action) : OutputItem(Id, Status);

    /// <param name="EncryptedContent">Our envelope around the summary.</param>
    public sealed record Compaction(string Id, string EncryptedContent) : OutputItem(Id, ItemStatus.Completed);
}

public enum ItemStatus
{
    InProgress,
    Completed,
    Incomplete,
}

/// <summary>A content part of an answer's item.</summary>
public abstract record OutputPart
{
    private OutputPart()
    {
    }

    public sealed record Text(string Value) : OutputPart;

    public sealed record Refusal(string Value) : OutputPart;

    /// <summary>A part of a reasoning item, not of a message.</summary>
    public sealed record Reasoning(string Value) : OutputPart;
}
