using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Codex.Gateway.Logging;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;

namespace Codex.Gateway.Proxy;

/// <summary>
/// Brackets YARP's steps: before them a request becomes an <see cref="Exchange"/> and gets its cluster, after
/// them whatever did not end in a streamed answer is told to the client.
/// </summary>
internal sealed class ExchangeMiddleware(RequestDelegate next, ExchangePreparation preparation, IProxyStateLookup clusters, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = ProxyEndpoint.Find(context.GetReverseProxyFeature().Route.Config.RouteId);
        var log = context.Features.GetRequiredFeature<RequestLog>();
        switch (await preparation.PrepareAsync(context, endpoint))
        {
            case Preparation.Refused refused:
                log.Model = refused.Model;
                await FailureAnswerWriter.SendAsync(context, refused.Failure, refused.WantsEvents, refused.Model, plan: null, time);
                break;
            case Preparation.Ready { Exchange: var exchange }:
                Announce(context, exchange, log);
                await RunAsync(context, exchange);
                if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                    await ConcludeAsync(context, exchange);
                if (context.Response.HasStarted && context.GetForwarderErrorFeature() is null or { Error: ForwarderError.None })
                    log.IsComplete = true;
                break;
        }
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

    private async Task RunAsync(HttpContext context, Exchange exchange)
    {
        if (!clusters.TryGetCluster(exchange.Provider.Name, out var cluster))
        {
            exchange.Failure = new Failure(
                FailureKind.Unreachable,
                StatusCodes.Status503ServiceUnavailable,
                $"Provider '{exchange.Provider.Name}' has just changed; send the request again.");
            return;
        }

        MemoryMarshal.TryGetArray(exchange.Body, out var body);
        context.Request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false);
        context.Request.ContentLength = body.Count;
        context.ReassignProxyRequest(cluster);
        exchange.Cluster = cluster;

        var clientGone = context.RequestAborted;
        using var deadline = new RequestDeadline(exchange.Provider.Timeouts.FirstByte, time, clientGone);
        exchange.Deadline = deadline;
        context.RequestAborted = deadline.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = clientGone;
        }
    }

    private async Task ConcludeAsync(HttpContext context, Exchange exchange)
    {
        if (exchange.Folded is { } response)
        {
            await WholeAnswer.SendAsync(context, exchange.Endpoint, response);
        }
        else if ((exchange.Failure ?? TransportFailure(context, exchange)) is { } failure)
        {
            await FailureAnswerWriter.SendAsync(context, failure, exchange.WantsEvents, exchange.Model, exchange.Plan, time);
        }
    }

    private static Failure? TransportFailure(HttpContext context, Exchange exchange)
    {
        if (context.GetForwarderErrorFeature() is not { Error: not ForwarderError.None } error)
            return null;
        var provider = exchange.Provider;
        var address = context.GetReverseProxyFeature().ProxiedDestination?.DestinationId ?? provider.Replicas[0].AbsoluteUri;
        if (exchange.Deadline!.Passed || error.Error == ForwarderError.RequestTimedOut)
        {
            return new Failure(FailureKind.TimedOut, StatusCodes.Status504GatewayTimeout, string.Create(
                CultureInfo.InvariantCulture,
                $"Provider '{provider.Name}' at {address} did not begin to answer within {exchange.Deadline.Limit.TotalSeconds:0.#} s; raise its first-byte timeout if its model loads that long."));
        }

        return new Failure(
            FailureKind.Unreachable,
            StatusCodes.Status502BadGateway,
            $"Provider '{provider.Name}' at {address} cannot be reached: {Cause(error.Exception)}");
    }

    private static string Cause(Exception? error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name is not known; check its address.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made; check its certificate, or whether it speaks https at all.",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection is refused; start it, or check its address.",
        HttpRequestException { InnerException: SocketException socket } => $"{socket.SocketErrorCode}; check its address.",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "it closed the connection without an answer.",
        HttpRequestException { InnerException: IOException } => "the connection broke before it answered.",
        OperationCanceledException => "the connection was not made in time; check its address.",
        _ => "the connection failed.",
    };
}
