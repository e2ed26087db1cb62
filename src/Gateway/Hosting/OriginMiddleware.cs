using System.Net;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Hosting;

/// <summary>
/// Keeps web pages of other sites out: a browser tells the name it believes to talk to (<c>Host</c>), which DNS
/// rebinding cannot hide, and the site whose page asks (<c>Origin</c>). Programs that are no browsers pass.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next, GatewaySettings settings, TimeProvider time)
{
    private const string AnyHost = "*";

    public Task InvokeAsync(HttpContext context) =>
        Refusal(context.Request, context.Connection.LocalIpAddress) is { } failure
            ? FailureAnswerWriter.SendAsync(context, failure, ClientKinds.AcceptsEvents(context.Request), model: null, plan: null, time)
            : next(context);

    /// <param name="local">Where the connection came in; null for a Unix socket, which no browser reaches.</param>
    private Failure? Refusal(HttpRequest request, IPAddress? local)
    {
        if (local is null)
            return null;
        var host = request.Host.Host;
        if (host.Length > 0 && !IsOurs(host, local))
        {
            return new Failure(
                FailureKind.InvalidRequest,
                StatusCodes.Status421MisdirectedRequest,
                $"'{PlainText.ForLog(host)}' is no name of this gateway, which keeps web pages out that pretend to be it (DNS rebinding). Call it as 127.0.0.1 or localhost, or write the name into Hosts of its configuration.")
            {
                Code = "host_not_allowed",
            };
        }

        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsSameSite(origin, host, local)
            ? new Failure(
                FailureKind.InvalidRequest,
                StatusCodes.Status403Forbidden,
                $"Web pages of '{PlainText.ForLog(origin)}' may not use this gateway. Should they, write their host into Hosts of its configuration.")
            {
                Code = "origin_not_allowed",
            }
            : null;
    }

    private bool IsSameSite(string origin, string host, IPAddress local) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && site.Scheme is "http" or "https"
        && (site.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || IsOurs(site.Host, local));

    private bool IsOurs(string host, IPAddress local)
    {
        if (settings.Hosts.Any(h => h == AnyHost || h.Equals(host, StringComparison.OrdinalIgnoreCase)))
            return true;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip))
            // A name of the attacker's can be rebound, an address cannot.
            return IPAddress.IsLoopback(ip) || !IPAddress.IsLoopback(local);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
    }
}
