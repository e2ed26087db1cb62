using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using Microsoft.AspNetCore.Http.Features;

namespace Codex.Gateway.Explain;

/// <summary>Writes down every request for a model. Not part of the pipeline unless <c>Explain</c> is on.</summary>
internal sealed class ExplainMiddleware(RequestDelegate next, StoryShelf shelf, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context) =>
        ProxyEndpoint.All.Any(e => context.Request.Path == e.Path) ? TellAsync(context) : next(context);

    private async Task TellAsync(HttpContext context)
    {
        var log = context.Features.GetRequiredFeature<RequestLog>();
        var story = new RequestStory(context.Request, log, time.GetUtcNow());
        var capture = new EventCapture(story, StorySide.Gateway);
        var gone = context.RequestAborted;
        var body = context.Response.Body;
        context.Features.Set(story);
        context.Response.Body = new WatchedBody(body, capture);
        shelf.Add(story);
        try
        {
            await next(context);
        }
        finally
        {
            capture.Flush();
            context.Response.Body = body;
            StoryDecisions.AddTo(story, context.Features.Get<Exchange>());
            story.End(RequestLogMiddleware.StatusOf(context, log, gone.IsCancellationRequested));
            shelf.Trim();
        }
    }
}
