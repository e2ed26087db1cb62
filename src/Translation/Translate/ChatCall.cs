using System.Collections.Immutable;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate;

/// <summary>A request made ready for a chat backend, with what is needed to translate the answer back.</summary>
/// <param name="Dropped">Every field and tool that could not be carried over: honest loss, reported and never silent.</param>
public sealed record ChatCall(
    ChatRequest Request,
    Dialect Dialect,
    ToolMap Tools,
    ImmutableArray<DroppedField> Dropped,
    AnswerKind Kind,
    int EstimatedPromptTokens)
{
    /// <summary>The body to send. The same call always gives the same bytes.</summary>
    public byte[] ToUtf8() => ChatRequestWriter.Write(Request, Dialect);

    /// <summary>Only what the answer needs, for when the body has been written.</summary>
    public ChatCall WithoutRequest() => this with { Request = new ChatRequest { Model = Request.Model } };
}

/// <summary>What the client waits for.</summary>
public enum AnswerKind
{
    Response,

    /// <summary>One <c>compaction</c> item holding the summary (Codex remote compaction).</summary>
    Compaction,
}

/// <param name="Path">As in the request, <c>tools[3]</c> or <c>service_tier</c>.</param>
/// <param name="Reason">Why the backend cannot have it, in a few words.</param>
public readonly record struct DroppedField(string Path, string Reason);

/// <summary>What translating a request gave.</summary>
public abstract record RequestTranslated
{
    private RequestTranslated()
    {
    }

    public sealed record Ready(ChatCall Call) : RequestTranslated;

    public sealed record Refused(RequestFault Fault) : RequestTranslated;
}
