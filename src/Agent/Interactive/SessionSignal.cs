using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Interactive;

/// <summary>What an interactive session waits for: all of it comes by one queue, so that one thing happens at a time.</summary>
internal abstract record SessionSignal
{
    private SessionSignal()
    {
    }

    public sealed record Keys(ImmutableArray<Key> All) : SessionSignal;

    public sealed record InputEnded : SessionSignal;

    public sealed record Told(AgentEvent Event) : SessionSignal;

    /// <param name="Fault">A mistake of this program; null when the work came to its end.</param>
    public sealed record WorkEnded(Exception? Fault) : SessionSignal;

    public sealed record Asked(ApprovalRequest Request, TaskCompletionSource<ApprovalAnswer> Answer) : SessionSignal;

    /// <summary>Something is there that was awaited to be shown.</summary>
    public sealed record Changed : SessionSignal;

    /// <summary>The terminal has another size.</summary>
    public sealed record Resized : SessionSignal;

    /// <summary>The program runs again after it was stopped.</summary>
    public sealed record Continued : SessionSignal;

    /// <summary>Somebody wants the program to end.</summary>
    /// <param name="ExitCode">128 and the number of the signal, as shells have it.</param>
    public sealed record Terminated(int ExitCode) : SessionSignal;
}
