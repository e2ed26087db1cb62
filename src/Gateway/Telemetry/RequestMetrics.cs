using System.Diagnostics;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Telemetry;

/// <summary>Counts what a request turned out to be.</summary>
public sealed class RequestMetrics(GatewayMeter meter)
{
    /// <summary>
    /// Stands for every model that no list or configuration names: clients choose such names, and each would be kept
    /// by whoever stores the metrics.
    /// </summary>
    public const string UnlistedModel = "unlisted";

    /// <summary>Called once the provider is known, before the answer.</summary>
    internal void Begin(RequestLog log, Exchange exchange)
    {
        if (log.Gaps is not null)
            return;
        log.MetricModel = ModelOf(exchange.Target);
        log.DroppedCount = exchange.Plan?.Call.Dropped.Length ?? 0;
        log.Gaps = new ChunkGaps(meter.ChunkTime, TagsOf(log, exchange.Endpoint));
    }

    /// <summary>Called when a call to a backend has ended.</summary>
    internal void Record(RequestLog log, ProxyEndpoint endpoint, Attempt attempt)
    {
        var tags = TagsOf(log, endpoint);
        if (attempt.Cause is { } cause)
            tags.Add(GenAi.ErrorType, cause);
        meter.AttemptDuration.Record(attempt.Duration!.Value.TotalSeconds, tags);
        meter.Attempts.Add(1, tags);
        if (attempt.Number > 1)
            meter.Retries.Add(1, TagsOf(log, endpoint));
    }

    /// <summary>Called when the request has ended.</summary>
    /// <param name="status">Of the answer; 499 for a client that left.</param>
    internal void Record(RequestLog log, ProxyEndpoint endpoint, int status)
    {
        var plain = TagsOf(log, endpoint);
        var told = plain;
        var error = ErrorOf(log, status);
        if (error is not null)
            told.Add(GenAi.ErrorType, error);
        meter.RequestDuration.Record(log.Elapsed.TotalSeconds, told);
        told.Add(GenAi.Status, status);
        meter.Requests.Add(1, told);
        if (log.FirstToken is { } first)
            meter.FirstToken.Record(first.TotalSeconds, plain);
        if (FirstChunk(log) is { } chunk)
            meter.FirstChunk.Record(chunk.TotalSeconds, plain);
        if (error is null && log is { FirstToken: { } begun, TokensOut: > 1 and { } count })
            meter.TokenTime.Record((log.Elapsed - begun).TotalSeconds / (count - 1), plain);
        RecordTokens(log.TokensIn, "input", plain);
        RecordTokens(log.TokensOut, "output", plain);
        Add(meter.Keepalives, log.Keepalives, plain);
        Add(meter.Repairs, log.Repairs, plain);
        Add(meter.DroppedFields, log.DroppedCount, plain);
        if (log.ColdTime > TimeSpan.Zero)
            meter.ColdTime.Add(log.ColdTime.TotalSeconds, plain);
        if (log.QueueTime > TimeSpan.Zero)
            meter.QueueTime.Add(log.QueueTime.TotalSeconds, plain);
    }

    /// <summary>From the beginning of the call that was answered to the first bytes of its answer.</summary>
    internal static TimeSpan? FirstChunk(RequestLog log) =>
        log is { FirstToken: { } first, LastAttempt: { } last } ? first - last.At : log.FirstEvent;

    /// <summary>One word, out of a bounded set; null for a success.</summary>
    internal static string? ErrorOf(RequestLog log, int status) =>
        status == RequestLogMiddleware.ClientGone ? "ClientGone"
        : log.Failure is { } failure ? (Enum.TryParse<FailureKind>(failure, out _) ? failure : "StreamFailed")
        : status >= 400 ? "HttpError"
        : null;

    /// <summary>The backend's name of the model as far as it is known, so that there are never more than the lists have.</summary>
    private static string ModelOf(ModelResolution.Resolved target)
    {
        var (name, provider) = (target.UpstreamModel, target.Provider.Provider);
        return target.Known is not null || target.Settings is not null || provider.AllowedModels.Contains(name) || provider.Aliases.ContainsValue(name)
            ? name
            : UnlistedModel;
    }

    private TagList TagsOf(RequestLog log, ProxyEndpoint endpoint)
    {
        var tags = new TagList { { GenAi.OperationName, GenAi.OperationOf(endpoint) } };
        if (log.Provider is { } provider)
            tags.Add(GenAi.ProviderName, provider);
        if (log.MetricModel is { } model)
            tags.Add(GenAi.RequestModel, model);
        return tags;
    }

    private void RecordTokens(long? count, string type, TagList tags)
    {
        if (count is not { } tokens)
            return;
        tags.Add(GenAi.TokenType, type);
        meter.Tokens.Record(tokens, tags);
    }

    private static void Add(System.Diagnostics.Metrics.Counter<long> counter, int count, in TagList tags)
    {
        if (count > 0)
            counter.Add(count, tags);
    }
}
