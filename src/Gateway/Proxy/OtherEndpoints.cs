using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>Answers to whatever is asked beside the proxied endpoints.</summary>
public static class OtherEndpoints
{
    private const string WhatExists =
        "POST /v1/responses, POST /v1/responses/compact, POST /v1/chat/completions, POST /v1/completions, " +
        "POST /v1/embeddings, GET /v1/models, GET /healthz, GET /readyz";

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
        var (status, code) = context.GetEndpoint() is null || !PathIsServed(request.Path)
            ? (StatusCodes.Status404NotFound, "not_found")
            : (StatusCodes.Status405MethodNotAllowed, "method_not_allowed");
        return ErrorBody.SendAsync(context, status, new ResponseError(
            code,
            $"{request.Method} {request.Path} is not served. There are: {WhatExists}.",
            "invalid_request_error"));
    }

    private static bool PathIsServed(PathString path) =>
        WhatExists.Contains($" {path.Value?.TrimEnd('/')},", StringComparison.OrdinalIgnoreCase)
        || WhatExists.EndsWith($" {path.Value?.TrimEnd('/')}", StringComparison.OrdinalIgnoreCase);
}
