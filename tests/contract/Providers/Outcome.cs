namespace Codex.Contract.Tests.Providers;

/// <summary>What one case found out about a provider.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    public sealed record Pass : Outcome;

    /// <param name="Reason">What came instead, in a sentence.</param>
    public sealed record Fail(string Reason) : Outcome;

    /// <param name="Reason">Why the question does not arise with this provider.</param>
    public sealed record NotApplicable(string Reason) : Outcome;
}
