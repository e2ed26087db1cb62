using System.Collections.Immutable;
using System.ComponentModel;

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

    [Description("Name of the environment variable that holds the key; never the key itself. Without it the client's own key goes upstream.")]
    public string? ApiKeyEnv { get; init; }

    [Description("Headers sent with every request. Not for keys: see HeadersFromEnv.")]
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("Headers whose value is taken from the environment variable named here.")]
    public ImmutableDictionary<string, string> HeadersFromEnv { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("Only these models may be used, by the backend's own names. Empty or absent: all.")]
    public ImmutableArray<string> Models { get; init; } = [];

    [Description("Names this provider answers to, each with the backend's own name for it.")]
    public ImmutableDictionary<string, string> Aliases { get; init; } = ImmutableDictionary<string, string>.Empty;

    [Description("How long to wait, as a number of seconds or as text: 500ms, 30s, 5m, 1h.")]
    public TimeoutOptions Timeouts { get; init; } = new();
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
