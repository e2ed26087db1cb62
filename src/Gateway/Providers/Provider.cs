using System.Collections.Immutable;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>A backend as resolved from configuration, command line, discovery or the program itself. One YARP cluster.</summary>
/// <param name="Name">Unique, compared without case; the prefix in <c>provider/model</c>.</param>
/// <param name="Replicas">At least one base address, each ending before <c>/chat/completions</c> and without a trailing slash.</param>
public sealed record Provider(string Name, ProviderOrigin Origin, Dialect Dialect, ImmutableArray<Uri> Replicas)
{
    /// <summary>True when nobody named the dialect: it stands in until the backend is recognised by what it answers.</summary>
    public bool DialectIsAssumed { get; init; }

    public KeySource Key { get; init; } = new KeySource.ClientBearer();

    /// <summary>Sent with every request to the backend, in place of a client header of the same name.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Like <see cref="Headers"/>, with the name of the environment variable that holds each value; read when a request is sent, shown nowhere.</summary>
    public ImmutableDictionary<string, string> HeadersFromEnv { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Only these of the backend's models may be used; empty means all.</summary>
    public ImmutableArray<string> AllowedModels { get; init; } = [];

    /// <summary>Names this provider answers to, and the backend's own names for them.</summary>
    public ImmutableDictionary<string, string> Aliases { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether the backend is told of the trace that a request belongs to.</summary>
    public bool SendsTraceContext { get; init; }

    /// <summary>How many requests it gets at once; null for as many as come.</summary>
    public ProviderConcurrency? Concurrency { get; init; }

    public ProviderTimeouts Timeouts { get; init; } = ProviderTimeouts.Default;

    public ProviderRetries Retries { get; init; } = ProviderRetries.Default;

    /// <summary>Null: replicas are not asked whether they are well, only watched while they work.</summary>
    public HealthProbe? HealthProbe { get; init; }

    public ColdStart ColdStart { get; init; } = ColdStart.Default;
}

/// <param name="MaxQueued">Requests that may wait for a place; one more is refused.</param>
public sealed record ProviderConcurrency(int MaxConcurrent, int MaxQueued)
{
    public const int DefaultMaxQueued = 256;
}

public enum ProviderOrigin
{
    Embedded,
    Discovered,
    CommandLine,
    Configured,
}

/// <summary>Whose key goes upstream.</summary>
public abstract record KeySource
{
    private KeySource()
    {
    }

    /// <summary>The client's own <c>Authorization</c> header.</summary>
    public sealed record ClientBearer : KeySource;

    /// <summary>The value of an environment variable, read when a request is sent and shown nowhere.</summary>
    public sealed record EnvironmentVariable(string Name) : KeySource;

    /// <summary>No key at all, whatever the client sends.</summary>
    public sealed record NoKey : KeySource;
}

/// <param name="Connect">Until the connection stands.</param>
/// <param name="FirstByte">From the request sent to the first byte of the answer; long, since local models load.</param>
/// <param name="Idle">Between two reads of a running answer.</param>
/// <param name="Total">For the whole request.</param>
public sealed record ProviderTimeouts(TimeSpan Connect, TimeSpan FirstByte, TimeSpan Idle, TimeSpan Total)
{
    public static readonly ProviderTimeouts Default = new(
        Connect: TimeSpan.FromSeconds(5),
        FirstByte: TimeSpan.FromMinutes(10),
        Idle: TimeSpan.FromMinutes(5),
        Total: TimeSpan.FromHours(1));
}

/// <summary>What one request may cost while nothing has been sent to the client.</summary>
/// <param name="MaxAttempts">Requests sent upstream, the first among them.</param>
/// <param name="MaxTime">After which no new attempt begins; waiting as long as the backend asks does not count.</param>
/// <param name="MaxWait">The longest a request waits in all because the backend asks to; beyond it the client is told.</param>
/// <param name="Share">Retries as a share of the provider's requests, so that an outage is not multiplied.</param>
public sealed record ProviderRetries(int MaxAttempts, TimeSpan MaxTime, TimeSpan MaxWait, double Share)
{
    public static readonly ProviderRetries Default = new(
        MaxAttempts: 4,
        MaxTime: TimeSpan.FromSeconds(30),
        MaxWait: TimeSpan.FromSeconds(60),
        Share: 0.2);
}

/// <summary>A question asked of every replica again and again; one that does not answer with success rests until it does.</summary>
/// <param name="Path">From the root of the replica's host, such as <c>/health</c>.</param>
public sealed record HealthProbe(string Path, TimeSpan Interval, TimeSpan Timeout);

/// <summary>What happens while a model is being loaded.</summary>
/// <param name="Deadline">The longest wait, from the first request that waits.</param>
/// <param name="Waiters">Requests that may wait for one model.</param>
/// <param name="StartsOnDemand">The backend is started by being asked: until it listens, a refused connection is no error.</param>
public sealed record ColdStart(TimeSpan Deadline, int Waiters, bool StartsOnDemand)
{
    public static readonly ColdStart Default = new(TimeSpan.FromMinutes(10), Waiters: 256, StartsOnDemand: false);
}
