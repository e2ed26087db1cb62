using System.Globalization;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>What one key has used and uses, held against its allowance.</summary>
internal sealed class KeyUsage(string name)
{
    /// <summary>Nobody knows when a running answer ends; asking again after this is soon enough.</summary>
    private static readonly TimeSpan UntilAnAnswerEnds = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SlidingWindow _requests = new();
    private readonly SlidingWindow _tokens = new();
    private int _running;
    private long _expected;
    private DateOnly _today;
    private long _tokensToday;
    private long _tokensThisMonth;

    /// <summary>Null when the request may run; then <see cref="End"/> must follow.</summary>
    /// <param name="expected">Tokens that count until the true number is known.</param>
    /// <param name="now">Since a fixed moment.</param>
    public Failure? Begin(KeyAllowance allowance, long expected, TimeSpan now, DateTimeOffset utc)
    {
        lock (_lock)
        {
            StartDay(utc);
            if (Refusal(allowance, now, utc) is { } refusal)
                return refusal;
            _running++;
            _expected += expected;
            if (allowance.RequestsPerMinute is not null)
                _requests.Add(now, 1);
            return null;
        }
    }

    /// <param name="expected">As it began.</param>
    /// <param name="used">Tokens in truth.</param>
    public void End(long expected, long used, TimeSpan now, DateTimeOffset utc)
    {
        lock (_lock)
        {
            StartDay(utc);
            _running--;
            _expected -= expected;
            _tokens.Add(now, used);
            _tokensToday += used;
            _tokensThisMonth += used;
        }
    }

    private Failure? Refusal(KeyAllowance allowance, TimeSpan now, DateTimeOffset utc)
    {
        if (allowance.TokensPerDay is { } day && _tokensToday + _expected >= day)
            return NoBudget(day, "day", _today.AddDays(1), utc);
        if (allowance.TokensPerMonth is { } month && _tokensThisMonth + _expected >= month)
            return NoBudget(month, "month", new DateOnly(_today.Year, _today.Month, 1).AddMonths(1), utc);
        if (allowance.ConcurrentStreams is { } streams && _running >= streams)
            return Limited($"{_running} requests running", $"{streams} at the same time", UntilAnAnswerEnds);
        if (allowance.TokensPerMinute is { } tokens && _tokens.SumAt(now) + _expected is var sum && sum >= tokens)
        {
            var wait = _tokens.UntilBelow(tokens, now);
            return Limited($"{sum} tokens in the last minute", $"{tokens}", wait > TimeSpan.Zero ? wait : UntilAnAnswerEnds);
        }

        return allowance.RequestsPerMinute is { } requests && _requests.UntilBelow(requests, now) is var until && until > TimeSpan.Zero
            ? Limited($"{requests} requests in the last minute", $"{requests}", until)
            : null;
    }

    private Failure Limited(FormattableString used, FormattableString limit, TimeSpan wait) => new(
        FailureKind.RateLimited,
        StatusCodes.Status429TooManyRequests,
        $"The gateway key '{name}' has {used.ToString(CultureInfo.InvariantCulture)}, and its limit is {limit.ToString(CultureInfo.InvariantCulture)}.")
    {
        RetryAfter = wait,
    };

    private Failure NoBudget(long budget, string period, DateOnly renewed, DateTimeOffset utc) => new(
        FailureKind.NoQuota,
        StatusCodes.Status429TooManyRequests,
        string.Create(CultureInfo.InvariantCulture, $"The gateway key '{name}' has used its budget of {budget} tokens a {period}; it is renewed on {renewed:yyyy-MM-dd} (UTC). Whoever runs the gateway can raise it."))
    {
        RetryAfter = new DateTimeOffset(renewed, TimeOnly.MinValue, TimeSpan.Zero) - utc,
    };

    private void StartDay(DateTimeOffset utc)
    {
        var today = DateOnly.FromDateTime(utc.UtcDateTime);
        if (today == _today)
            return;
        _tokensToday = 0;
        if (today.Month != _today.Month || today.Year != _today.Year)
            _tokensThisMonth = 0;
        _today = today;
    }
}
