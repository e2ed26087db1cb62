using System.Collections.Immutable;
using Codex.Gateway.Warmth;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>Answers to whatever is asked beside the proxied endpoints.</summary>
public static class OtherEndpoints
{
    private static readonly ImmutableArray<(string Method, string Path)> Served =
    [
        .. ProxyEndpoint.All.Select(endpoint => (HttpMethods.Post, endpoint.Path)),
        (HttpMethods.Get, "/v1/models"),
        (HttpMethods.Get, "/healthz"),
        (HttpMethods.Get, "/readyz"),
        (HttpMethods.Get, "/metrics"),
        (HttpMethods.Get, "/admin/requests"),
        (HttpMethods.Post, WarmEndpoint.Path),
    ];

    public static void MapOtherEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/responses", AnswerProbeAsync);
        // Codex doctor asks HEAD /responses only to see whether somebody is there.
        endpoints.MapMethods("/v1/responses", [HttpMethods.Head], () => Results.Ok());
        endpoints.MapFallback(RefuseAsync);
    }

    /// <summary>426 makes Codex go on over HTTP at once, where 404 and 405 cost it seven tries (symptom 44).</summary>
    private static Task AnswerProbeAsync(HttpContext context)
    {
        context.Response.Headers.Upgrade = "HTTP/1.1";
        return ErrorBody.SendAsync(context, StatusCodes.Status426UpgradeRequired, new ResponseError(
            "websocket_not_supported",
            "This gateway has no WebSocket here; send POST /v1/responses instead.",
            "invalid_request_error"));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var request = context.Request;
        var methods = Served.Where(s => request.Path.Equals(s.Path, StringComparison.OrdinalIgnoreCase)).Select(s => s.Method).ToArray();
        var (status, code) = methods.Length == 0
            ? (StatusCodes.Status404NotFound, "not_found")
            : (StatusCodes.Status405MethodNotAllowed, "method_not_allowed");
        if (methods.Length > 0)
            context.Response.Headers.Allow = string.Join(", ", methods);
        return ErrorBody.SendAsync(context, status, new ResponseError(
            code,
            $"{request.Method} {request.Path} is not served. There are: {string.Join(", ", Served.Select(s => $"{s.Method} {s.Path}"))}.",
            "invalid_request_error"));
    }
}
