namespace Codex.Gateway.Proxy;

internal static class EventStreamHeaders
{
    public static void Set(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // Tells reverse proxies in front of this one to pass every event on at once.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
