using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Proxy.Attempts;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Proxy.Attempts;

public sealed class RetryPolicyTests
{
    /// <summary>Kind, Retry-After, attempts so far, another replica, seconds since the first, seconds waited; then: again?, delay.</summary>
    public static TheoryData<FailureKind, double?, int, bool, double, double, bool, double?> Table => new()
    {
        { FailureKind.BackendError, null, 1, false, 0, 0, true, null },
        { FailureKind.Unreachable, null, 1, true, 0, 0, true, 0 },
        { FailureKind.TimedOut, null, 3, false, 0, 0, true, null },
        { FailureKind.TimedOut, null, 4, true, 0, 0, false, null },
        { FailureKind.BackendError, null, 1, true, 31, 0, false, null },
        { FailureKind.BackendError, null, 1, true, 31, 5, true, 0 },
        { FailureKind.BackendError, 3, 1, false, 0, 0, true, 3 },
        { FailureKind.BackendError, 61, 1, false, 0, 0, false, null },
        { FailureKind.RateLimited, 20, 1, false, 0, 0, true, 20 },
        { FailureKind.RateLimited, 20, 1, true, 0, 0, true, 0 },
        { FailureKind.RateLimited, 20, 2, false, 50, 41, false, null },
        { FailureKind.RateLimited, 61, 0, false, 0, 0, false, null },
        { FailureKind.RateLimited, null, 1, false, 0, 0, true, null },
        { FailureKind.InvalidRequest, null, 1, true, 0, 0, false, null },
        { FailureKind.WrongKey, null, 1, true, 0, 0, false, null },
        { FailureKind.NoQuota, 1, 1, true, 0, 0, false, null },
        { FailureKind.UnknownModel, null, 1, true, 0, 0, false, null },
        { FailureKind.ContextTooLong, null, 1, true, 0, 0, false, null },
        { FailureKind.Misdirected, null, 1, true, 0, 0, false, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_row_decides(FailureKind kind, double? retryAfter, int attempts, bool other, double elapsed, double waited, bool again, double? delay)
    {
        var failure = new Failure(kind, 500, "x") { RetryAfter = Span(retryAfter) };

        var decision = RetryPolicy.Decide(
            failure, ProviderRetries.Default, new RetryState(attempts, other, TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(waited)));

        decision.ShouldBe(new RetryDecision(again, Span(delay)));
    }

    [Fact]
    public void Retries_are_only_a_share_of_the_requests_once_the_reserve_is_used_up()
    {
        var budget = new RetryBudget();
        var provider = new Provider("p", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")]);
        Retries(100).ShouldBe(10);

        var granted = 0;
        for (var i = 0; i < 100; i++)
        {
            budget.PayIn(provider);
            granted += Retries(4);
        }

        granted.ShouldBe(20);
        budget.TryTakeOut(provider with { Name = "other" }).ShouldBeTrue("each provider has its own");

        int Retries(int wanted) => Enumerable.Range(0, wanted).Count(_ => budget.TryTakeOut(provider));
    }

    private static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
