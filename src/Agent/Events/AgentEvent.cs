namespace Codex.Agent.Events;

/// <summary>
/// What the loop tells; renderers read it and decide nothing. The names and lifecycles are those of Codex's JSON
/// events, with what only a screen needs beside them.
/// </summary>
public abstract record AgentEvent
{
    private AgentEvent()
    {
    }

    /// <param name="ThreadId">UUID version 7; the same again when a thread is resumed.</param>
    public sealed record ThreadStarted(string ThreadId) : AgentEvent;

    public sealed record TurnStarted : AgentEvent;

    /// <param name="Usage">Of the whole thread so far.</param>
    public sealed record TurnCompleted(TokenUsage Usage) : AgentEvent;

    public sealed record TurnFailed(string Message) : AgentEvent;

    /// <summary>The user interrupted the turn.</summary>
    public sealed record TurnInterrupted : AgentEvent;

    public sealed record ItemStarted(ThreadItem Item) : AgentEvent;

    public sealed record ItemUpdated(ThreadItem Item) : AgentEvent;

    public sealed record ItemCompleted(ThreadItem Item) : AgentEvent;

    /// <summary>Something passing that the user should see, such as a connection that is being made again.</summary>
    public sealed record Trouble(string Message) : AgentEvent;

    /// <summary>A piece of the answer while it is written; the item follows whole.</summary>
    public sealed record MessageDelta(string Text) : AgentEvent;

    public sealed record ReasoningDelta(string Text) : AgentEvent;

    /// <summary>A piece of a running command's output.</summary>
    public sealed record OutputDelta(string ItemId, string Text) : AgentEvent;

    /// <param name="ContextTokens">What the next request will hold, as far as it is known.</param>
    /// <param name="Window">Tokens the model can take.</param>
    /// <param name="PrefixTokens">What every request begins with: instructions and tools.</param>
    public sealed record ContextMeasured(int ContextTokens, int Window, int PrefixTokens) : AgentEvent;

    /// <summary>Earlier turns were replaced by a summary.</summary>
    public sealed record Compacted : AgentEvent;
}
