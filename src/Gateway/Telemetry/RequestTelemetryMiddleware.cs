using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using Microsoft.AspNetCore.Http.Features;

namespace Codex.Gateway.Telemetry;

/// <summary>Brackets every request for a model with its span and its counts.</summary>
internal sealed class RequestTelemetryMiddleware(RequestDelegate next, ActiveRequests active, RequestMetrics metrics, GatewayTracing tracing)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && ProxyEndpoint.All.FirstOrDefault(e => context.Request.Path == e.Path) is { } endpoint
            ? ObserveAsync(context, endpoint)
            : next(context);

    private async Task ObserveAsync(HttpContext context, ProxyEndpoint endpoint)
    {
        var log = context.Features.GetRequiredFeature<RequestLog>();
        var gone = context.RequestAborted;
        active.Add(log);
        tracing.BeginRequest(context.Request, log);
        try
        {
            await next(context);
        }
        finally
        {
            active.Remove(log);
            var status = RequestLogMiddleware.StatusOf(context, log, gone.IsCancellationRequested);
            metrics.Record(log, endpoint, status);
            GatewayTracing.EndRequest(log, endpoint, status, log.MetricModel);
        }
    }
}
