using Codex.Gateway.Fairness;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy.Attempts;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Codex.Gateway.Proxy;

/// <summary>
/// Brackets YARP's steps: before them a request becomes an <see cref="Exchange"/>, after them whatever did not end in
/// a streamed answer is told to the client.
/// </summary>
internal sealed class ExchangeMiddleware(
    RequestDelegate next,
    ExchangePreparation preparation,
    KeyLimits limits,
    ProviderQueue queue,
    AttemptLoop attempts,
    GatewaySettings settings,
    StreamDrain drain,
    TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = ProxyEndpoint.Find(context.GetReverseProxyFeature().Route.Config.RouteId);
        var log = context.Features.GetRequiredFeature<RequestLog>();
        using var passage = drain.Enter();
        switch (await preparation.PrepareAsync(context, endpoint))
        {
            case Preparation.Refused refused:
                log.Model = refused.Model;
                await FailureAnswerWriter.SendAsync(context, refused.Failure, refused.WantsEvents, refused.Model, plan: null, time);
                break;
            case Preparation.Ready { Exchange: var exchange }:
                Announce(context, exchange, log);
                await AnswerAsync(context, exchange, log);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, Exchange exchange, RequestLog log)
    {
        var admission = limits.Admit(context.Features.Get<GatewayKey>(), context, exchange);
        using var spending = (admission as KeyAdmission.Granted)?.Spending;
        var failure = admission is KeyAdmission.Refused refused ? refused.Failure : await ServeAsync(context, exchange, log);
        if (!context.RequestAborted.IsCancellationRequested)
            await ConcludeAsync(context, exchange, failure, log);
        // Where signs of life may have begun the response, its own end tells whether it is complete.
        if (exchange.Opening is null && context.Response.HasStarted && context.GetForwarderErrorFeature() is null or { Error: ForwarderError.None })
            log.IsComplete = true;
    }

    private static void Announce(HttpContext context, Exchange exchange, RequestLog log)
    {
        log.Provider = exchange.Provider.Name;
        log.Model = exchange.Model;
        context.Features.Set(exchange);
        if (!exchange.Endpoint.IsResponses)
            return;
        context.Response.Headers["x-gateway-provider"] = PlainText.ForHeader(exchange.Provider.Name);
        if (exchange.Plan is { } plan && LossReport.Of(plan.Call.Dropped) is { } lost)
        {
            log.Dropped = lost;
            context.Response.Headers["x-gateway-dropped"] = lost;
        }
    }

    /// <summary>Null when the client got its answer, or has gone.</summary>
    private async Task<Failure?> ServeAsync(HttpContext context, Exchange exchange, RequestLog log)
    {
        if (exchange is not { WantsEvents: true, Plan: { } plan })
            return await AttemptAsync(context, exchange, log);

        var deferred = DeferredResponse.Install(context);
        await using var opening = new ResponseOpening(deferred, plan, log, settings.KeepAlive, time, context.RequestAborted);
        exchange.Deferred = deferred;
        exchange.Opening = opening;
        opening.Begin();
        try
        {
            return await AttemptAsync(context, exchange, log);
        }
        finally
        {
            await opening.HandOverAsync();
            deferred.Uninstall();
        }
    }

    /// <summary>In its turn, where the provider takes only so many at once.</summary>
    private async Task<Failure?> AttemptAsync(HttpContext context, Exchange exchange, RequestLog log)
    {
        if (exchange.Provider.Concurrency is null)
            return await attempts.RunAsync(context, exchange, log, next);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Cut);
        QueueEntry entry;
        try
        {
            entry = await queue.EnterAsync(exchange, ProviderQueue.PartyOf(context, exchange), log, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return context.RequestAborted.IsCancellationRequested ? null : RequestFailures.Stopping;
        }

        switch (entry)
        {
            case QueueEntry.Entered { Lease: var lease }:
                using (lease)
                    return await attempts.RunAsync(context, exchange, log, next);
            case QueueEntry.Refused { Failure: var failure }:
                return failure;
            default:
                throw new NotSupportedException(entry.GetType().Name);
        }
    }

    private async Task ConcludeAsync(HttpContext context, Exchange exchange, Failure? failure, RequestLog log)
    {
        if (failure is null)
        {
            if (exchange.Folded is { } response)
                await WholeAnswer.SendAsync(context, exchange.Endpoint, response);
        }
        else if (exchange.Opening is { IsSent: true } opening)
        {
            log.Failure = failure.Kind.ToString();
            await opening.FailAsync(ErrorPolicy.Decide(failure, exchange.Client, wantsEvents: true).Error);
            log.IsComplete = true;
        }
        else if (exchange.PassedError is { } passed && failure.Kind != FailureKind.Stopping)
        {
            await passed.SendAsync(context);
        }
        else
        {
            await FailureAnswerWriter.SendAsync(context, failure, exchange.WantsEvents, exchange.Model, exchange.Plan, time);
        }
    }
}
