using System.Globalization;
using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>Says in a sentence why a backend could not be reached or did not begin to answer.</summary>
internal static class TransportFailure
{
    public static Failure? Of(HttpContext context, Exchange exchange)
    {
        if (context.GetForwarderErrorFeature() is not { Error: not ForwarderError.None } error)
            return null;
        var provider = exchange.Provider;
        var address = context.GetReverseProxyFeature().ProxiedDestination?.DestinationId ?? provider.Replicas[0].AbsoluteUri;
        var deadline = exchange.Deadline!;
        if (deadline.Passed || error.Error == ForwarderError.RequestTimedOut)
        {
            return new Failure(FailureKind.TimedOut, StatusCodes.Status504GatewayTimeout, string.Create(
                CultureInfo.InvariantCulture,
                $"Provider '{provider.Name}' at {address} did not begin to answer within {deadline.Limit.TotalSeconds:0.#} s; raise its first-byte timeout if its model loads that long."))
            {
                Cause = string.Create(CultureInfo.InvariantCulture, $"no answer within {deadline.Limit.TotalSeconds:0.#} s"),
            };
        }

        var (cause, advice) = Cause(error.Exception);
        return new Failure(
            FailureKind.Unreachable, StatusCodes.Status502BadGateway, $"Provider '{provider.Name}' at {address} cannot be reached: {cause}{advice}.")
        {
            Cause = cause,
        };
    }

    private static (string Cause, string Advice) Cause(Exception? error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ("its host name is not known", "; check its address"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ("no secure connection could be made", "; check its certificate, or whether it speaks https at all"),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => ("the connection is refused", "; start it, or check its address"),
        HttpRequestException { InnerException: SocketException socket } => (socket.SocketErrorCode.ToString(), "; check its address"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ("the headers of its answer are too long", "; check its address"),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => ("it closed the connection without an answer", ""),
        HttpRequestException { InnerException: IOException } => ("the connection broke before it answered", ""),
        OperationCanceledException => ("the connection was not made in time", "; check its address"),
        _ => ("the connection failed", ""),
    };
}
