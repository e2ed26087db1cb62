using System.Collections.Immutable;

namespace Codex.Gateway.Keys;

/// <summary>A key that lets somebody use the gateway, as far as the gateway knows it.</summary>
/// <param name="Name">Unique, compared without case; stands in the log in place of the key.</param>
public sealed record GatewayKey(string Name, KeyHash Hash)
{
    /// <summary>Names of models as clients write them; <c>*</c> at the end stands for any ending. Empty: all.</summary>
    public ImmutableArray<string> Models { get; init; } = [];

    public KeyAllowance Allowance { get; init; } = KeyAllowance.Unlimited;

    /// <summary>Whether it opens admin endpoints from other machines.</summary>
    public bool IsAdmin { get; init; }
}

/// <summary>How much a key may use; null where there is no limit.</summary>
/// <param name="RequestsPerMinute">In any 60 seconds.</param>
/// <param name="TokensPerMinute">Prompt and answer together, in any 60 seconds.</param>
/// <param name="ConcurrentStreams">Requests that run at the same time, streaming or not.</param>
/// <param name="TokensPerDay">Of the UTC calendar.</param>
/// <param name="TokensPerMonth">Of the UTC calendar.</param>
public sealed record KeyAllowance(int? RequestsPerMinute, long? TokensPerMinute, int? ConcurrentStreams, long? TokensPerDay, long? TokensPerMonth)
{
    public static readonly KeyAllowance Unlimited = new(null, null, null, null, null);

    /// <summary>Whether tokens have to be counted.</summary>
    public bool CountsTokens => TokensPerMinute is not null || TokensPerDay is not null || TokensPerMonth is not null;
}
