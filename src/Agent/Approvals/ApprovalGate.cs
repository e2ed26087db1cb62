using System.Collections.Immutable;

namespace Codex.Agent.Approvals;

public enum ApprovalPolicy
{
    /// <summary>Everything is asked about that is not known to be harmless.</summary>
    Untrusted,

    /// <summary>The model asks when it needs more than the sandbox gives.</summary>
    OnRequest,

    /// <summary>Nobody is asked; what would need it is refused.</summary>
    Never,
}

/// <summary>Something only the user can allow.</summary>
/// <param name="Key">Equal for requests that an answer for the session covers too.</param>
/// <param name="Reason">Why it is needed, in the model's words; null when it gave none.</param>
public abstract record ApprovalRequest(string Key, string? Reason)
{
    /// <param name="Prefix">What "always allow" would allow; empty when that cannot be offered safely.</param>
    public sealed record Command(string Key, string? Reason, ImmutableArray<string> Words, string Directory, ImmutableArray<string> Prefix)
        : ApprovalRequest(Key, Reason);

    public sealed record Edit(string Key, string? Reason, ImmutableArray<string> Paths, string Diff) : ApprovalRequest(Key, Reason);

    public sealed record McpTool(string Key, string? Reason, string Server, string Tool, string Arguments) : ApprovalRequest(Key, Reason);
}

public enum ApprovalAnswer
{
    Once,
    ForSession,

    /// <summary>For all commands that begin like this one, now and in later sessions.</summary>
    Always,
    Declined,

    /// <summary>Declined, and the turn ends.</summary>
    Abort,
}

/// <summary>Asks the user, or answers for one who cannot be asked; remembers what was allowed for the session.</summary>
public sealed class ApprovalGate(ApprovalPolicy policy, Func<ApprovalRequest, CancellationToken, Task<ApprovalAnswer>>? ask)
{
    private readonly Lock _gate = new();
    private ImmutableHashSet<string> _allowed = [];
    private CancellationTokenSource? _turn;

    public ApprovalPolicy Policy { get; } = policy;

    /// <summary>Whether anybody can be asked.</summary>
    public bool CanAsk => Policy != ApprovalPolicy.Never && ask is not null;

    /// <summary>Lets <see cref="ApprovalAnswer.Abort"/> end the turn that begins.</summary>
    /// <param name="interrupt">Ends it too.</param>
    /// <returns>What the turn runs under; the caller's to dispose of.</returns>
    public CancellationTokenSource BeginTurn(CancellationToken interrupt) => _turn = CancellationTokenSource.CreateLinkedTokenSource(interrupt);

    /// <summary><see cref="ApprovalAnswer.Declined"/> when nobody can be asked. <see cref="ApprovalAnswer.Abort"/> has ended the turn already.</summary>
    public async Task<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_allowed.Contains(request.Key))
                return ApprovalAnswer.ForSession;
        }

        if (!CanAsk)
            return ApprovalAnswer.Declined;
        var answer = await ask!(request, cancellation);
        if (answer is ApprovalAnswer.ForSession or ApprovalAnswer.Always)
        {
            lock (_gate)
                _allowed = _allowed.Add(request.Key);
        }

        if (answer == ApprovalAnswer.Abort && _turn is { } turn)
            await turn.CancelAsync();
        return answer;
    }
}
