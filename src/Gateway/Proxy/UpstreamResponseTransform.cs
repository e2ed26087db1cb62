using System.Text;
using Codex.Gateway.Logging;
using Codex.Translation.Chat;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Proxy;

/// <summary>Looks at the backend's headers and decides: pass through, an error as a value, or a translated answer.</summary>
internal sealed class UpstreamResponseTransform(TimeProvider time) : ResponseTransform
{
    private const int LongestErrorBody = 64 * 1024;

    /// <summary>Long enough for an error that a backend sends as its first chunk, short enough to go unnoticed (symptom 9).</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ErrorBodyLimit = TimeSpan.FromSeconds(5);

    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } upstream)
            return;
        var exchange = context.HttpContext.Features.GetRequiredFeature<Exchange>();
        var deadline = exchange.Deadline!;
        // From here on silence is counted between reads, not from the request.
        deadline.Restart(exchange.Provider.Timeouts.Total);
        if (exchange.Endpoint.IsResponses && !upstream.IsSuccessStatusCode)
        {
            exchange.Failure = await ReadFailureAsync(upstream, exchange, deadline.Token);
            context.SuppressResponseBody = true;
        }
        else if (exchange.Plan is { } plan)
        {
            await TranslateAsync(context, upstream, exchange, plan.NewTranscoder());
        }
        else
        {
            if (context.HttpContext.Features.Get<RequestLog>() is { } log)
                log.FirstEvent = deadline.Elapsed;
            var redaction = exchange.Credentials.Redaction;
            if (redaction.IsNeeded && !upstream.IsSuccessStatusCode)
                await RedactAsync(upstream, redaction, deadline.Token);
            TravellingHeaders.CopyDownstream(upstream, context.HttpContext.Response, upstream.IsSuccessStatusCode ? Redaction.None : redaction);
        }
    }

    /// <summary>The key may be the gateway's own: a backend that refuses it must not tell it to the client.</summary>
    private async Task RedactAsync(HttpResponseMessage upstream, Redaction redaction, CancellationToken cancellation)
    {
        var whole = upstream.Content;
        var body = await ReadErrorBodyAsync(whole, cancellation);
        var shown = new ByteArrayContent(Encoding.UTF8.GetBytes(redaction.Apply(Encoding.UTF8.GetString(body.Span))));
        foreach (var (name, values) in whole.Headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                shown.Headers.TryAddWithoutValidation(name, values);
        }

        upstream.Content = shown;
        whole.Dispose();
    }

    private async Task TranslateAsync(
        ResponseTransformContext context, HttpResponseMessage upstream, Exchange exchange, StreamTranscoder transcoder)
    {
        var deadline = exchange.Deadline!;
        // The stream ends its answer properly when the time is up; cancelling the copy would only cut it.
        deadline.Restart(Timeout.InfiniteTimeSpan);
        var body = await upstream.Content.ReadAsStreamAsync(deadline.ClientGone);
        var log = context.HttpContext.Features.Get<RequestLog>();
        var stream = new TranscodingStream(body, transcoder, exchange, log, time);
        // Disposed by YARP together with the response.
        upstream.Content = new StreamContent(stream);
        if (exchange.WantsEvents)
            await stream.PrimeAsync(Hold, deadline.ClientGone);
        else
            await stream.FoldAsync(deadline.ClientGone);

        if (FailureBeforeOutput(stream, transcoder, exchange) is { } failure)
        {
            exchange.Failure = failure;
            context.SuppressResponseBody = true;
        }
        else if (!exchange.WantsEvents)
        {
            exchange.Folded = transcoder.Response;
            context.SuppressResponseBody = true;
        }
        else
        {
            EventStreamHeaders.Set(context.HttpContext.Response);
        }
    }

    private static Failure? FailureBeforeOutput(TranscodingStream stream, StreamTranscoder transcoder, Exchange exchange)
    {
        if (!transcoder.IsFinished || transcoder.Response is not { Status: ResponseStatus.Failed, Output.IsEmpty: true, Error: { } error })
            return null;
        var failure = stream.Interruption ?? UpstreamFailure.Explain(
            exchange.Provider, exchange.Model, new UpstreamFault(Status: null, error.Code, error.Type, error.Message), retryAfter: null, exchange.Credentials.Redaction);
        // Codex tries again after a response.failed, and that is right where the backend only stumbled.
        return exchange is { Client: ClientKind.Codex, WantsEvents: true } && failure.Kind is FailureKind.BackendError or FailureKind.TimedOut
            ? null
            : failure;
    }

    private async Task<Failure> ReadFailureAsync(HttpResponseMessage upstream, Exchange exchange, CancellationToken cancellation)
    {
        var status = (int)upstream.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new Failure(
                FailureKind.BackendError,
                StatusCodes.Status502BadGateway,
                $"Provider '{exchange.Provider.Name}' redirects to {exchange.Credentials.Redaction.Apply(upstream.Headers.Location?.ToString() ?? "nowhere")}; set its address to where it really is.");
        }

        var bytes = await ReadErrorBodyAsync(upstream.Content, cancellation);
        return UpstreamFailure.Explain(
            exchange.Provider, exchange.Model, UpstreamErrorBody.Read(bytes.Span, status), RetryAfter(upstream), exchange.Credentials.Redaction);
    }

    private async Task<ReadOnlyMemory<byte>> ReadErrorBodyAsync(HttpContent content, CancellationToken cancellation)
    {
        var bytes = new byte[LongestErrorBody];
        var length = 0;
        using var limit = new CancellationTokenSource(ErrorBodyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var body = await content.ReadAsStreamAsync(either.Token);
            length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, either.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            // The status alone tells enough.
        }

        return bytes.AsMemory(0, length);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage upstream) => upstream.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
