using Microsoft.AspNetCore.Http.Features;

namespace Codex.Gateway.Proxy;

internal static class EventStreamHeaders
{
    public static void Set(HttpResponse response) => Set(response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>());

    public static void Set(IHttpResponseFeature response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // Tells reverse proxies in front of this one to pass every event on at once.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
