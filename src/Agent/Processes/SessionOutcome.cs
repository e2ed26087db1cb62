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
    public sealed record Running(int Id, string Output, TimeSpan Waited) : SessionOutcome;

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
