using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Sessions;

/// <summary>For a thread of which nothing is to stay.</summary>
public sealed class NoRecorder : ISessionRecorder
{
    public void Opened()
    {
    }

    public void TurnStarted(TurnFacts turn)
    {
    }

    public void Item(HistoryItem item)
    {
    }

    public void UserMessage(string text)
    {
    }

    public void AgentMessage(string text)
    {
    }

    public void Tokens(TokenUsage total, TokenUsage last, int window)
    {
    }

    public void Compacted(string summary, IReadOnlyList<HistoryItem> replacement)
    {
    }

    public void TurnEnded(string turnId, string? lastMessage, TimeSpan duration)
    {
    }

    public void TurnAborted(string turnId, string reason)
    {
    }
}
