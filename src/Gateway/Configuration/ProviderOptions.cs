using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Codex.Gateway.Configuration;

public sealed record ProviderOptions
{
    [Description("Address of the API, usually ending in /v1; /v1 is added to an address without a path. One that ends in /chat/completions is taken as it is.")]
    public string? BaseUrl { get; init; }

    [Description("Several addresses that serve the same models, instead of BaseUrl.")]
    public ImmutableArray<string> Replicas { get; init; } = [];

    [Description("How the backend speaks. Without it the backend is recognised by what it answers.")]
    [DialectName]
    public string? Dialect { get; init; }

    [Description("Name of the environment variable that holds the key; never the key itself. Without it the client's own key goes upstream, or none when the gateway has Keys.")]
    public string? ApiKeyEnv { get; init; }

    [Description("Headers sent with every request. Not for keys: see HeadersFromEnv.")]
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("Headers whose value is taken from the environment variable named here.")]
    public ImmutableDictionary<string, string> HeadersFromEnv { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("Only these models may be used, by the backend's own names. Empty or absent: all.")]
    public ImmutableArray<string> Models { get; init; } = [];

    [Description("Names this provider answers to, each with the backend's own name for it.")]
    public ImmutableDictionary<string, string> Aliases { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("Tell the backend the trace a request belongs to (traceparent, tracestate). Default: false.")]
    public bool TraceContext { get; init; }

    [Description("How long to wait, as a number of seconds or as text: 500ms, 30s, 5m, 1h.")]
    public TimeoutOptions Timeouts { get; init; } = new();

    [Description("What a request may cost before anything of an answer has been sent.")]
    public RetryOptions Retries { get; init; } = new();

    [Description("Asks every replica whether it is well. Without it replicas are only watched while they work.")]
    public HealthOptions? Health { get; init; }

    [Description("Most requests it gets at the same time; more wait and are served in turn: key by key, without keys conversation by conversation. Absent: as many as come.")]
    [Range(1, 100_000)]
    public int? MaxConcurrent { get; init; }

    [Description("Most requests that wait for MaxConcurrent; one more is refused. Default: 256.")]
    [Range(0, 1_000_000)]
    public int? MaxQueued { get; init; }

    [Description("What to do while a model is being loaded.")]
    public ColdStartOptions ColdStart { get; init; } = new();
}

public sealed record RetryOptions
{
    [Description("Requests sent upstream for one of a client, the first among them. Default: 4.")]
    [Range(1, 100)]
    public int? Attempts { get; init; }

    [Description("Time after which no new attempt begins; waiting as long as the backend asks does not count. Default: 30s.")]
    public TimeSpan? Within { get; init; }

    [Description("The longest a request waits because the backend asks to, as with Retry-After; beyond it the client is told. Default: 60s.")]
    public TimeSpan? Wait { get; init; }

    [Description("Retries as a share of the provider's requests, so that an outage is not multiplied. Default: 0.2.")]
    [Range(0.0, 10.0)]
    public double? Share { get; init; }
}

public sealed record HealthOptions
{
    [Description("Path from the root of the replica's host. Default: /health.")]
    public string? Path { get; init; }

    [Description("Between two questions. Default: 10s.")]
    public TimeSpan? Interval { get; init; }

    [Description("For an answer. Default: 5s.")]
    public TimeSpan? Timeout { get; init; }
}

public sealed record ColdStartOptions
{
    [Description("How long a request waits for its model to be loaded before it is told that it is not. Default: 10m.")]
    public TimeSpan? Deadline { get; init; }

    [Description("How many requests may wait for one model; further ones are told to come again. Default: 256.")]
    [Range(1, 100_000)]
    public int? Waiters { get; init; }

    [Description("The backend is started by the request itself (socket activation, scale to zero): a refused connection and a 502, 503 or 504 then mean that it is coming up.")]
    public bool StartsOnDemand { get; init; }
}

public sealed record TimeoutOptions
{
    [Description("Until the connection stands. Default: 5s.")]
    public TimeSpan? Connect { get; init; }

    [Description("From the request to the first byte of the answer; long, since local models load. Default: 10m.")]
    public TimeSpan? FirstByte { get; init; }

    [Description("Between two reads of a running answer. Default: 5m.")]
    public TimeSpan? Idle { get; init; }

    [Description("For the whole request. Default: 1h.")]
    public TimeSpan? Total { get; init; }
}

/// <summary>The value is the name of a dialect; the schema lists them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DialectNameAttribute : Attribute;
