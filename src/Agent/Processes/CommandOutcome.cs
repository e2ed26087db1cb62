namespace Codex.Agent.Processes;

public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <param name="ExitCode">128 and the signal's number when one ended it; <see cref="TimeoutExitCode"/> when it took too long.</param>
    /// <param name="Output">Both streams as they came; of a long one the beginning and the end.</param>
    public sealed record Completed(int ExitCode, string Output, TimeSpan Duration, bool TimedOut) : CommandOutcome;

    /// <summary>This machine or the policy forbids it; the user can change that.</summary>
    public sealed record Refused(string Reason) : CommandOutcome;

    /// <summary>There is no such program or directory; whoever wrote the command can change that.</summary>
    public sealed record NotStarted(string Reason) : CommandOutcome;

    /// <summary>As <c>timeout(1)</c> has it.</summary>
    public const int TimeoutExitCode = 124;
}
