namespace Codex.Agent.Processes;

/// <summary>What a look at a session gave.</summary>
public abstract record SessionOutcome
{
    private SessionOutcome()
    {
    }

    /// <param name="Id">1000 to 99999.</param>
    /// <param name="Output">New since the last look.</param>
    /// <param name="Waited">How long this look took.</param>
    /// <param name="End">Comes true when it ends, also when nobody looks again.</param>
    public sealed record Running(int Id, string Output, TimeSpan Waited, Task<SessionEnd> End) : SessionOutcome;

    /// <summary>It ended; its id is free again.</summary>
    public sealed record Exited(int ExitCode, string Output, TimeSpan Waited) : SessionOutcome;

    /// <summary>See <see cref="CommandOutcome.Refused"/>.</summary>
    public sealed record Refused(string Reason) : SessionOutcome;

    /// <summary>See <see cref="CommandOutcome.NotStarted"/>.</summary>
    public sealed record NotStarted(string Reason) : SessionOutcome;

    public sealed record UnknownSession(int Id) : SessionOutcome;

    /// <summary>It has no terminal, so nothing can be typed into it.</summary>
    public sealed record InputClosed(int Id) : SessionOutcome;
}

/// <param name="Output">All of it, whatever was looked at before.</param>
public sealed record SessionEnd(int ExitCode, string Output);
