using System.Diagnostics;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Telemetry;

/// <summary>One span per request for a model, and below it one per call to a backend. Costs nothing while nobody collects them.</summary>
public sealed class GatewayTracing : IDisposable
{
    private readonly ActivitySource _source = new(GatewayMeter.Name, GatewayMeter.Version);

    public void Dispose() => _source.Dispose();

    /// <summary>Continues the client's trace where it sent one.</summary>
    internal void BeginRequest(HttpRequest request, RequestLog log)
    {
        if (!_source.HasListeners())
            return;
        // The server's own span is exported by nobody; as a parent it would be missing from every trace.
        Activity.Current = null;
        var headers = request.Headers;
        var parent = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var sent) ? sent : default;
        log.Activity = _source.StartActivity($"{request.Method} {request.Path.Value}", ActivityKind.Server, parent);
    }

    internal static void EndRequest(RequestLog log, ProxyEndpoint endpoint, int status, string? model)
    {
        if (log.Activity is not { } span)
            return;
        AddCommon(span, log, endpoint, model);
        span.SetTag("http.request.method", "POST");
        span.SetTag("url.path", endpoint.Path);
        span.SetTag("http.route", endpoint.Path);
        span.SetTag(GenAi.Status, status);
        span.SetTag(GenAi.InputTokens, log.TokensIn);
        span.SetTag(GenAi.OutputTokens, log.TokensOut);
        span.SetTag("codex_gateway.request_id", log.RequestId);
        span.SetTag("codex_gateway.attempts", log.AttemptCount);
        span.SetTag("codex_gateway.keepalives", log.Keepalives);
        span.SetTag("codex_gateway.repairs", log.Repairs);
        span.SetTag("codex_gateway.dropped", log.Dropped);
        if (log.ColdTime > TimeSpan.Zero)
            span.SetTag("codex_gateway.cold_time", log.ColdTime.TotalSeconds);
        if (log.QueueTime > TimeSpan.Zero)
            span.SetTag("codex_gateway.queue_time", log.QueueTime.TotalSeconds);
        foreach (var decision in log.Decisions)
            span.AddEvent(new ActivityEvent(decision.Sentence, new DateTimeOffset(span.StartTimeUtc) + decision.At));
        Stop(span, RequestMetrics.ErrorOf(log, status));
    }

    internal void BeginAttempt(RequestLog log, Attempt attempt, ProxyEndpoint endpoint, string? model)
    {
        if (log.Activity is { } parent)
            attempt.Activity = _source.StartActivity($"{GenAi.OperationOf(endpoint)} {model}", ActivityKind.Client, parent.Context);
    }

    internal static void EndAttempt(RequestLog log, Attempt attempt, Exchange exchange, string? model)
    {
        if (attempt.Activity is not { } span)
            return;
        AddCommon(span, log, exchange.Endpoint, model);
        if (Uri.TryCreate(attempt.Destination, UriKind.Absolute, out var address))
        {
            span.SetTag(GenAi.ServerAddress, address.Host);
            span.SetTag(GenAi.ServerPort, address.Port);
        }

        span.SetTag(GenAi.Status, attempt.Status);
        span.SetTag(GenAi.ConversationId, exchange.ConversationId);
        if (attempt.Number > 1)
            span.SetTag("http.request.resend_count", attempt.Number - 1);
        if (RequestMetrics.FirstChunk(log) is { } first && attempt.Cause is null)
            span.SetTag(GenAi.TimeToFirstChunk, first.TotalSeconds);
        Stop(span, attempt.Cause);
    }

    private static void AddCommon(Activity span, RequestLog log, ProxyEndpoint endpoint, string? model)
    {
        span.SetTag(GenAi.OperationName, GenAi.OperationOf(endpoint));
        span.SetTag(GenAi.ProviderName, log.Provider);
        span.SetTag(GenAi.RequestModel, model);
    }

    private static void Stop(Activity span, string? error)
    {
        if (error is not null)
        {
            span.SetTag(GenAi.ErrorType, error);
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Stop();
    }
}
