using System.Collections.Concurrent;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>Holds every key to its allowance. What was used is known as long as the gateway runs; a new start begins at zero.</summary>
public sealed class KeyLimits(TimeProvider time)
{
    private const int CharactersPerToken = 4;

    private readonly ConcurrentDictionary<string, KeyUsage> _usage = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _origin = time.GetTimestamp();

    /// <param name="key">Null where there are no keys.</param>
    public KeyAdmission Admit(GatewayKey? key, HttpContext context, Exchange exchange)
    {
        if (key is null || key.Allowance == KeyAllowance.Unlimited)
            return KeyAdmission.Granted.Unlimited;
        var usage = _usage.GetOrAdd(key.Name, static name => new KeyUsage(name));
        var expected = key.Allowance.CountsTokens ? ExpectedTokens(exchange) : 0;
        return usage.Begin(key.Allowance, expected, time.GetElapsedTime(_origin), time.GetUtcNow()) is { } refusal
            ? new KeyAdmission.Refused(refusal)
            : new KeyAdmission.Granted(new Spending(this, usage, expected, context));
    }

    private static long ExpectedTokens(Exchange exchange) =>
        exchange.Plan?.Call.EstimatedPromptTokens ?? exchange.Body.Length / CharactersPerToken;

    /// <summary>Ends with the request, and then counts what it used.</summary>
    private sealed class Spending(KeyLimits limits, KeyUsage usage, long expected, HttpContext context) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            usage.End(expected, Used(), limits.Elapsed, limits.Now);
        }

        private long Used()
        {
            if (context.Features.Get<PassedUsage>() is { } passed)
                return passed.TotalTokens ?? expected + passed.EstimatedOutputTokens;
            var log = context.Features.Get<RequestLog>();
            if (log?.TokensIn is { } input)
                return input + (log.TokensOut ?? 0);
            // A client that left early leaves no usage behind; a backend that never answered has used nothing.
            return log?.FirstEvent is null ? 0 : expected;
        }
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_origin);

    private DateTimeOffset Now => time.GetUtcNow();
}

/// <summary>Whether a key may be used for a request now.</summary>
public abstract record KeyAdmission
{
    private KeyAdmission()
    {
    }

    /// <param name="Spending">To be disposed when the request is over.</param>
    public sealed record Granted(IDisposable? Spending) : KeyAdmission
    {
        public static readonly Granted Unlimited = new(Spending: null);
    }

    public sealed record Refused(Failure Failure) : KeyAdmission;
}
