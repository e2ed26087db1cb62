using Codex.Gateway.Keys;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Keys;

public sealed class KeyUsageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly KeyUsage _usage = new("alice");

    [Fact]
    public void Requests_beyond_the_limit_hear_when_to_come_again()
    {
        var allowance = KeyAllowance.Unlimited with { RequestsPerMinute = 2 };
        Begin(allowance, at: 0).ShouldBeNull();
        Begin(allowance, at: 10).ShouldBeNull();

        var refused = Begin(allowance, at: 20)!;

        refused.Kind.ShouldBe(FailureKind.RateLimited);
        refused.Message.ShouldBe("The gateway key 'alice' has 2 requests in the last minute, and its limit is 2.");
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(41));
        Begin(allowance, at: 61).ShouldBeNull();
        Begin(allowance, at: 62).ShouldNotBeNull();
    }

    [Fact]
    public void Running_requests_are_counted_until_they_end()
    {
        var allowance = KeyAllowance.Unlimited with { ConcurrentStreams = 1 };
        Begin(allowance, at: 0).ShouldBeNull();

        Begin(allowance, at: 1)!.Message.ShouldBe("The gateway key 'alice' has 1 requests running, and its limit is 1 at the same time.");
        End(used: 10, at: 2);

        Begin(allowance, at: 2).ShouldBeNull();
    }

    [Fact]
    public void Tokens_count_as_expected_while_a_request_runs_and_in_truth_afterwards()
    {
        var allowance = KeyAllowance.Unlimited with { TokensPerMinute = 100 };
        Begin(allowance, at: 0, expected: 90).ShouldBeNull();
        Begin(allowance, at: 0, expected: 20).ShouldBeNull();
        Begin(allowance, at: 0)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        End(used: 10, at: 1, expected: 90);
        Begin(allowance, at: 1, expected: 0).ShouldBeNull();
        End(used: 95, at: 5, expected: 20);

        Begin(allowance, at: 6)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(56));
        Begin(allowance, at: 62).ShouldBeNull();
    }

    public static TheoryData<KeyAllowance, string, double> Budgets => new()
    {
        { KeyAllowance.Unlimited with { TokensPerDay = 100 }, "2026-03-31", 12 },
        { KeyAllowance.Unlimited with { TokensPerMonth = 100 }, "2026-04-01", 36 },
    };

    [Theory]
    [MemberData(nameof(Budgets))]
    public void A_budget_is_renewed_with_the_calendar(KeyAllowance allowance, string renewed, double hours)
    {
        Begin(allowance, at: 0).ShouldBeNull();
        End(used: 100, at: 0);

        var refused = Begin(allowance, at: 60)!;

        refused.Kind.ShouldBe(FailureKind.NoQuota);
        refused.Message.ShouldContain(renewed);
        refused.RetryAfter.ShouldBe(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(60));
        Begin(allowance, at: hours * 3600 - 1).ShouldNotBeNull();
        Begin(allowance, at: hours * 3600).ShouldBeNull();
    }

    [Fact]
    public void What_is_refused_uses_nothing()
    {
        var allowance = new KeyAllowance(RequestsPerMinute: 5, TokensPerMinute: 100, ConcurrentStreams: 1, TokensPerDay: null, TokensPerMonth: null);
        Begin(allowance, at: 0, expected: 10).ShouldBeNull();
        for (var i = 0; i < 20; i++)
            Begin(allowance, at: 1, expected: 1000).ShouldNotBeNull();
        End(used: 1, at: 2, expected: 10);

        Begin(allowance, at: 3).ShouldBeNull();
    }

    private Failure? Begin(KeyAllowance allowance, double at, long expected = 0) =>
        _usage.Begin(allowance, expected, TimeSpan.FromSeconds(at), Noon.AddSeconds(at));

    private void End(long used, double at, long expected = 0) => _usage.End(expected, used, TimeSpan.FromSeconds(at), Noon.AddSeconds(at));
}
