using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Client;

/// <summary>What a server says while it answers one request. The last is <see cref="Completed"/> or <see cref="Failed"/>.</summary>
public abstract record ModelEvent
{
    private ModelEvent()
    {
    }

    public sealed record TextDelta(string Text) : ModelEvent;

    public sealed record ReasoningDelta(string Text) : ModelEvent;

    /// <summary>The only event that counts for the conversation.</summary>
    public sealed record ItemDone(HistoryItem Item) : ModelEvent;

    /// <param name="Usage">Null when the server did not count.</param>
    /// <param name="EndTurn">False when the model wants to go on although it called no tool.</param>
    public sealed record Completed(TokenUsage? Usage, bool EndTurn) : ModelEvent;

    public sealed record Failed(ModelFault Fault) : ModelEvent;
}

/// <summary>Why an answer did not come.</summary>
/// <param name="Message">For the user; holds no key.</param>
public abstract record ModelFault(string Message)
{
    /// <summary>Asking again would bring the same.</summary>
    public sealed record Fatal(string Message) : ModelFault(Message);

    /// <summary>The conversation is longer than the model can take.</summary>
    public sealed record ContextTooLong(string Message) : ModelFault(Message);

    /// <summary>The answer was cut at the output limit; what came of it stands, calls in it do not.</summary>
    public sealed record Cut(string Message, TokenUsage? Usage) : ModelFault(Message);

    /// <summary>The server refused the request for now.</summary>
    /// <param name="Wait">As long as it asks to; null when it does not say.</param>
    public sealed record Busy(string Message, TimeSpan? Wait) : ModelFault(Message);

    /// <summary>The server failed at the request and began no answer.</summary>
    public sealed record Broken(string Message) : ModelFault(Message);

    /// <summary>The answer broke off.</summary>
    public sealed record Disconnected(string Message) : ModelFault(Message);

    /// <summary>Nobody answers at the address.</summary>
    public sealed record Unreachable(string Message) : ModelFault(Message);
}
