using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Codex.Gateway.Configuration;

public sealed record KeyOptions
{
    [Description("Salted hash of the key; the key itself is written nowhere.")]
    public string? Hash { get; init; }

    [Description("Only these models may be used, by the names clients write; * at the end stands for any ending. Empty or absent: all.")]
    public ImmutableArray<string> Models { get; init; } = [];

    [Description("Most requests in any 60 seconds.")]
    [Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; init; }

    [Description("Most tokens in any 60 seconds, prompt and answer together. Counted after the answer, so the request that passes the limit still runs.")]
    [Range(1L, 1_000_000_000_000L)]
    public long? TokensPerMinute { get; init; }

    [Description("Most requests at the same time.")]
    [Range(1, 1_000_000)]
    public int? ConcurrentStreams { get; init; }

    [Description("Budget of a day (UTC), in tokens of prompt and answer together.")]
    [Range(1L, 1_000_000_000_000L)]
    public long? TokensPerDay { get; init; }

    [Description("Budget of a calendar month (UTC), in tokens of prompt and answer together.")]
    [Range(1L, 1_000_000_000_000L)]
    public long? TokensPerMonth { get; init; }

    [Description("Whether the key also opens /admin from other machines.")]
    public bool Admin { get; init; }
}
