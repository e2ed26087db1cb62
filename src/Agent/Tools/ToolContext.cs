using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tools;

/// <summary>The surroundings of a call: where it works, what it may do, and whom it tells.</summary>
public sealed class ToolContext
{
    private readonly Lock _gate = new();
    private bool _isOver;

    public required string ThreadId { get; init; }

    /// <summary>Where relative paths begin; absolute, links resolved.</summary>
    public required string WorkingDirectory { get; init; }

    public required SandboxPolicy Sandbox { get; init; }

    public required ApprovalGate Approvals { get; init; }

    /// <summary>Environment of commands, secrets already dropped.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Most tokens of output the model is shown of one call.</summary>
    public required int OutputLimit { get; init; }

    /// <summary>Where outputs that are too long for the model are kept whole.</summary>
    public required string OutputDirectory { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Takes what renderers and the session file should know; may be called from several calls at once.</summary>
    public required Action<AgentEvent> Emit { get; init; }

    /// <summary>What is told from outside any call, such as the end of a command that went on. Nothing is told once the turn is over.</summary>
    public void TellLate(AgentEvent e)
    {
        lock (_gate)
        {
            if (!_isOver)
                Emit(e);
        }
    }

    /// <summary>The turn is over: its last event is about to be told.</summary>
    public void End()
    {
        lock (_gate)
            _isOver = true;
    }

    /// <summary>The next <c>item_N</c>.</summary>
    public required Func<string> NextItemId { get; init; }
}
