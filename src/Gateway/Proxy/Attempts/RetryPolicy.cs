using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>Whether a failed attempt is followed by another one, and when; knows no clock and no network.</summary>
internal static class RetryPolicy
{
    /// <param name="settings">The provider's budget for one request.</param>
    /// <param name="state">What the request has cost so far.</param>
    public static RetryDecision Decide(Failure failure, ProviderRetries settings, RetryState state)
    {
        if (!IsPassing(failure.Kind))
            return RetryDecision.Stop;
        var other = state.HasUntriedReplica;
        if (failure is { Kind: FailureKind.RateLimited, RetryAfter: { } wait } && !other)
        {
            return state.Waited + wait <= settings.MaxWait && state.Attempts < settings.MaxAttempts
                ? new RetryDecision(Again: true, wait)
                : RetryDecision.Stop;
        }

        if (state.Attempts >= settings.MaxAttempts || state.Elapsed - state.Waited >= settings.MaxTime)
            return RetryDecision.Stop;
        if (other)
            return new RetryDecision(Again: true, TimeSpan.Zero);
        return failure.RetryAfter is not { } asked ? new RetryDecision(Again: true, Delay: null)
            : state.Waited + asked <= settings.MaxWait ? new RetryDecision(Again: true, asked)
            : RetryDecision.Stop;
    }

    /// <summary>Whether the same request may well succeed elsewhere or later.</summary>
    private static bool IsPassing(FailureKind kind) =>
        kind is FailureKind.RateLimited or FailureKind.BackendError or FailureKind.Unreachable or FailureKind.TimedOut;
}

/// <param name="Delay">Null: by the usual growing steps.</param>
internal sealed record RetryDecision(bool Again, TimeSpan? Delay)
{
    public static readonly RetryDecision Stop = new(Again: false, Delay: null);
}

/// <param name="Attempts">Made so far, all of which failed.</param>
/// <param name="Elapsed">Since the first attempt began, waiting included.</param>
/// <param name="Waited">As long as backends asked to.</param>
internal sealed record RetryState(int Attempts, bool HasUntriedReplica, TimeSpan Elapsed, TimeSpan Waited);
