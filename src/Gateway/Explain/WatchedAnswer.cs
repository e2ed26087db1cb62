using Codex.Gateway.Proxy;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Explain;

/// <summary>Shows a story what a backend answers, before anybody makes something else of it.</summary>
internal sealed class WatchedAnswer : ResponseTransform
{
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } upstream || context.HttpContext.Features.Get<RequestStory>() is not { } story)
            return;
        story.BackendAnswered(upstream);
        var whole = upstream.Content;
        var body = await whole.ReadAsStreamAsync(context.HttpContext.RequestAborted);
        var watched = new StreamContent(new Watched(body, whole, new EventCapture(story, StorySide.Backend)));
        foreach (var (name, values) in whole.Headers.NonValidated)
            watched.Headers.TryAddWithoutValidation(name, values);
        upstream.Content = watched;
    }

    private sealed class Watched(Stream inner, HttpContent owner, EventCapture capture) : PulledStream
    {
        private bool _disposed;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            capture.Take(buffer.Span[..read]);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                capture.Flush();
                inner.Dispose();
                owner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
