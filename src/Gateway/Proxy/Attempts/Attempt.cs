namespace Codex.Gateway.Proxy.Attempts;

/// <summary>One try at one replica that brought no answer.</summary>
/// <param name="Destination">The replica's address; null when none was asked.</param>
/// <param name="Duration">From the request sent to the failure known.</param>
public sealed record Attempt(string? Destination, Failure Failure, TimeSpan Duration);

/// <summary>What is to happen after an attempt.</summary>
internal abstract record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>The client has its answer, or is getting the last of it.</summary>
    public sealed record Answered : AttemptOutcome
    {
        public static readonly Answered Instance = new();
    }

    public sealed record GaveUp(Failure Failure) : AttemptOutcome;

    /// <param name="Delay">Null: by the usual growing steps.</param>
    public sealed record Again(TimeSpan? Delay) : AttemptOutcome;
}
