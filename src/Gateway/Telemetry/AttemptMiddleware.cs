using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Telemetry;

/// <summary>Stands behind whoever decides to try, in front of whoever does: each passage is one call to a backend.</summary>
internal sealed class AttemptMiddleware(RequestDelegate next, RequestMetrics metrics, GatewayTracing tracing)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var log = context.Features.GetRequiredFeature<RequestLog>();
        var exchange = context.Features.GetRequiredFeature<Exchange>();
        metrics.Begin(log, exchange.Endpoint);
        log.DroppedCount = exchange.Plan?.Call.Dropped.Length ?? 0;
        var attempt = log.BeginAttempt();
        tracing.BeginAttempt(log, attempt, exchange.Endpoint, log.MetricModel);
        try
        {
            await next(context);
        }
        finally
        {
            attempt.End(context.GetReverseProxyFeature().ProxiedDestination?.DestinationId, Cause(context, exchange, attempt));
            metrics.Record(log, exchange.Endpoint, attempt);
            GatewayTracing.EndAttempt(log, attempt, exchange, log.MetricModel);
        }
    }

    private static string? Cause(HttpContext context, Exchange exchange, Attempt attempt)
    {
        if (exchange.Failure is { } failure)
            return failure.Kind.ToString();
        return context.GetForwarderErrorFeature()?.Error switch
        {
            null or ForwarderError.None => attempt.Status >= 400 ? "HttpError" : null,
            _ when exchange.Deadline is { ClientGone.IsCancellationRequested: true } => "ClientGone",
            _ when exchange.Deadline is { Passed: true } => nameof(FailureKind.TimedOut),
            ForwarderError.RequestTimedOut => nameof(FailureKind.TimedOut),
            ForwarderError.NoAvailableDestinations or ForwarderError.Request or ForwarderError.RequestCreation => nameof(FailureKind.Unreachable),
            _ => nameof(FailureKind.BackendError),
        };
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
