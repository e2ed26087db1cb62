using System.Collections.Immutable;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Configuration;

/// <summary>Makes a provider of what was written about it.</summary>
/// <param name="hasKeys">With gateway keys, what a client sends is such a key and no key of a provider.</param>
internal sealed class ProviderResolver(ProblemList problems, IReadOnlyDictionary<string, string> variables, bool hasKeys)
{
    private static readonly ImmutableArray<string> HeadersWithKeys = ["Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "Cookie"];

    /// <summary>Set by the proxy itself for every request.</summary>
    private static readonly ImmutableArray<string> HeadersOfTheConnection = ["Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection"];

    public Provider? Resolve(string name, ProviderOptions options, KeyPath path)
    {
        var replicas = ResolveReplicas(options, path);
        if (options.ApiKeyEnv is { } variable && KeyVariable.Problem(variable, variables) is { } reason)
            problems.Add(path.Child(nameof(options.ApiKeyEnv)), reason);
        CheckHeaders(options, path);
        if (options is { MaxQueued: not null, MaxConcurrent: null })
            problems.Add(path.Child(nameof(options.MaxQueued)), "means nothing without MaxConcurrent; add that");
        var dialect = options.Dialect is { } named
            ? FindDialect(named, path.Child(nameof(options.Dialect)))
            : DialectRegistry.Generic;
        if (replicas.IsEmpty || dialect is null)
            return null;

        var origin = problems.PlaceOf(path) is SettingPlace.Flag ? ProviderOrigin.CommandLine : ProviderOrigin.Configured;
        var usual = ProviderTimeouts.Default;
        var usualRetries = ProviderRetries.Default;
        var cold = ColdStart.Default;
        return new Provider(name, origin, dialect, replicas)
        {
            DialectIsAssumed = options.Dialect is null,
            Key = options.ApiKeyEnv is { } env ? new KeySource.EnvironmentVariable(env) : hasKeys ? new KeySource.NoKey() : new KeySource.ClientBearer(),
            Headers = options.Headers.WithComparers(StringComparer.OrdinalIgnoreCase),
            HeadersFromEnv = options.HeadersFromEnv.WithComparers(StringComparer.OrdinalIgnoreCase),
            AllowedModels = options.Models,
            Aliases = options.Aliases,
            SendsTraceContext = options.TraceContext,
            Concurrency = options.MaxConcurrent is { } most ? new ProviderConcurrency(most, options.MaxQueued ?? ProviderConcurrency.DefaultMaxQueued) : null,
            Timeouts = new ProviderTimeouts(
                options.Timeouts.Connect ?? usual.Connect,
                options.Timeouts.FirstByte ?? usual.FirstByte,
                options.Timeouts.Idle ?? usual.Idle,
                options.Timeouts.Total ?? usual.Total),
            Retries = new ProviderRetries(
                options.Retries.Attempts ?? usualRetries.MaxAttempts,
                options.Retries.Within ?? usualRetries.MaxTime,
                options.Retries.Wait ?? usualRetries.MaxWait,
                options.Retries.Share ?? usualRetries.Share),
            HealthProbe = options.Health is { } health ? ResolveHealth(health, path.Child(nameof(options.Health))) : null,
            ColdStart = new ColdStart(
                options.ColdStart.Deadline ?? cold.Deadline,
                options.ColdStart.Waiters ?? cold.Waiters,
                options.ColdStart.StartsOnDemand),
        };
    }

    private HealthProbe ResolveHealth(HealthOptions health, KeyPath path)
    {
        if (health.Path is { } written && !written.StartsWith('/'))
            problems.Add(path.Child(nameof(health.Path)), "must begin with /");
        return new HealthProbe(health.Path ?? "/health", health.Interval ?? TimeSpan.FromSeconds(10), health.Timeout ?? TimeSpan.FromSeconds(5));
    }

    private Dialect? FindDialect(string name, KeyPath path)
    {
        var dialect = DialectRegistry.Find(name);
        if (dialect is null)
            problems.Add(path, $"names no known dialect; {Advice.About(name, [.. DialectRegistry.All.Select(d => d.Name)])}");
        return dialect;
    }

    private ImmutableArray<Uri> ResolveReplicas(ProviderOptions options, KeyPath path)
    {
        if (options.BaseUrl is not null && !options.Replicas.IsEmpty)
            problems.Add(path.Child(nameof(options.Replicas)), "stands beside BaseUrl; write one of the two");
        else if (options.BaseUrl is not null)
            return ReadAddress(options.BaseUrl, path.Child(nameof(options.BaseUrl))) is { } address ? [address] : [];
        else if (!options.Replicas.IsEmpty)
            return [.. options.Replicas.Select((r, i) => ReadAddress(r, path.Child(nameof(options.Replicas)).Item(i))).OfType<Uri>().Distinct()];
        else
            problems.Add(path, "has no address; add \"BaseUrl\": \"http://…/v1\"");
        return [];
    }

    private Uri? ReadAddress(string text, KeyPath path)
    {
        var (address, reason) = BaseAddress.Read(text);
        if (reason is not null)
            problems.Add(path, reason);
        return address;
    }

    private void CheckHeaders(ProviderOptions options, KeyPath path)
    {
        foreach (var (name, value) in options.Headers.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            var key = path.Child(nameof(options.Headers)).Child(name);
            if (HeadersWithKeys.Contains(name, StringComparer.OrdinalIgnoreCase))
                problems.Add(key, "would write a key into the configuration; write it under HeadersFromEnv with the name of an environment variable, or use ApiKeyEnv");
            else if (HeaderNameProblem(name) is { } reason)
                problems.Add(key, reason);
            else if (value.Any(c => char.IsControl(c) || c > 126))
                problems.Add(key, "must be plain ASCII without control characters");
        }

        foreach (var (name, variable) in options.HeadersFromEnv.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            if ((HeaderNameProblem(name) ?? KeyVariable.Problem(variable, variables)) is { } reason)
                problems.Add(path.Child(nameof(options.HeadersFromEnv)).Child(name), reason);
        }
    }

    private static string? HeaderNameProblem(string name)
    {
        if (HeadersOfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            return "is set by the gateway itself; leave it out";
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
            ? null
            : "is no name of a header";
    }
}
