using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using Codex.Gateway.Proxy.Attempts;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Telemetry;

/// <summary>Stands behind whoever decides to try, in front of whoever does: each passage is one call to a backend.</summary>
internal sealed class AttemptMiddleware(RequestDelegate next, RequestMetrics metrics, GatewayTracing tracing)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var log = context.Features.GetRequiredFeature<RequestLog>();
        var exchange = context.Features.GetRequiredFeature<Exchange>();
        metrics.Begin(log, exchange);
        var attempt = log.BeginAttempt();
        tracing.BeginAttempt(log, attempt, exchange.Endpoint, log.MetricModel);
        try
        {
            await next(context);
        }
        finally
        {
            attempt.End(context.GetReverseProxyFeature().ProxiedDestination?.DestinationId, Cause(context, exchange, log));
            metrics.Record(log, exchange.Endpoint, attempt);
            GatewayTracing.EndAttempt(log, attempt, exchange, log.MetricModel);
        }
    }

    /// <summary>One word; null for an answer that was heard to its end.</summary>
    private static string? Cause(HttpContext context, Exchange exchange, RequestLog log)
    {
        if (exchange.Deadline is { ClientGone.IsCancellationRequested: true })
            return log.IsComplete ? null : "ClientGone";
        var failure = exchange.Failure
            ?? (exchange.Stream is not { } stream ? TransportFailure.Of(context, exchange)
                : stream.FailedUnheard ? StreamFailure.Explain(stream, exchange)
                : stream.Interruption);
        return failure?.Kind.ToString()
            ?? (log.Failure is not null ? "StreamFailed" : log.LastAttempt is { Status: >= 400 } ? "HttpError" : null);
    }
}

/// <summary>Notes the status a backend answered with, before anybody makes something else of it.</summary>
internal sealed class AttemptStatusTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } upstream && context.HttpContext.Features.Get<RequestLog>()?.LastAttempt is { } attempt)
            attempt.Status = (int)upstream.StatusCode;
        return ValueTask.CompletedTask;
    }
}
