using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Sessions;

/// <summary>Takes down a thread while it runs: into a rollout file, or nowhere for an ephemeral one.</summary>
public interface ISessionRecorder
{
    /// <summary>The thread can be talked to: a copy of another is on disk from now on, whether or not anything is said in it.</summary>
    void Opened();

    void TurnStarted(TurnFacts turn);

    void Item(HistoryItem item);

    void UserMessage(string text);

    void AgentMessage(string text);

    /// <param name="window">Tokens the model can take.</param>
    void Tokens(TokenUsage total, TokenUsage last, int window);

    void Compacted(string summary, IReadOnlyList<HistoryItem> replacement);

    void TurnEnded(string turnId, string? lastMessage, TimeSpan duration);

    void TurnAborted(string turnId, string reason);
}

/// <summary>What a turn runs with.</summary>
public sealed record TurnFacts(string TurnId, string WorkingDirectory, string Model, string? Effort, string ApprovalPolicy, SandboxPolicy Sandbox, int Window);
