using System.Text;
using Codex.Gateway.Dialects;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Logging;
using Codex.Translation.Responses;
using Codex.Translation.Translate;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Proxy;

/// <summary>Looks at the backend's headers and decides: pass through, an error as a value, or a translated answer.</summary>
internal sealed class UpstreamResponseTransform(GatewaySettings settings, StreamDrain drain, TimeProvider time) : ResponseTransform
{
    private const int LongestErrorBody = 64 * 1024;

    /// <summary>Long enough for an error that a backend sends as its first chunk, short enough to go unnoticed (symptom 9).</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ErrorBodyLimit = TimeSpan.FromSeconds(5);

    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } upstream)
            return;
        var exchange = context.HttpContext.Features.GetRequiredFeature<Exchange>();
        var deadline = exchange.Deadline!;
        // From here on silence is counted between reads, not from the request.
        deadline.Restart(exchange.Provider.Timeouts.Total);
        if (!upstream.IsSuccessStatusCode)
        {
            await ReadFailureAsync(upstream, exchange, deadline.Token);
            context.SuppressResponseBody = true;
        }
        else if (exchange.Plan is { } plan)
        {
            if (exchange.Opening is { } opening)
                await opening.HandOverAsync();
            await TranslateAsync(context, upstream, exchange, plan.NewTranscoder());
        }
        else
        {
            await PassAsync(context, upstream, exchange);
        }
    }

    private async Task PassAsync(ResponseTransformContext context, HttpResponseMessage upstream, Exchange exchange)
    {
        var deadline = exchange.Deadline!;
        if (context.HttpContext.Features.Get<RequestLog>() is { } log)
            log.FirstEvent = deadline.Elapsed;
        var headers = TravellingHeaders.Downstream(upstream, exchange.Credentials.Redaction).ToList();
        var isStream = upstream.Content.Headers.ContentType?.MediaType?.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;
        var body = new PassedBody(await upstream.Content.ReadAsStreamAsync(deadline.Token), isStream, exchange);
        // Disposed by YARP together with the response.
        upstream.Content = new StreamContent(body);
        try
        {
            await body.PrimeAsync(Hold, time, deadline.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException && !deadline.Token.IsCancellationRequested)
        {
            exchange.Failure = StreamFailure.BrokenOff(exchange.Provider, "before");
            context.SuppressResponseBody = true;
            return;
        }

        foreach (var (name, values) in headers)
            context.HttpContext.Response.Headers.Append(name, values);
        await PassedUsage.MeterAsync(context.HttpContext, upstream);
    }

    private async Task TranslateAsync(
        ResponseTransformContext context, HttpResponseMessage upstream, Exchange exchange, StreamTranscoder transcoder)
    {
        var deadline = exchange.Deadline!;
        deadline.LetRun();
        var body = await upstream.Content.ReadAsStreamAsync(deadline.ClientGone);
        var log = context.HttpContext.Features.Get<RequestLog>();
        var keepAlive = exchange.WantsEvents ? settings.KeepAlive : Timeout.InfiniteTimeSpan;
        var stream = new TranscodingStream(body, transcoder, exchange, log, keepAlive, time, drain.Cut);
        exchange.Stream = stream;
        // Disposed by YARP together with the response.
        upstream.Content = new StreamContent(stream);
        if (exchange.WantsEvents)
            await stream.PrimeAsync(Hold, deadline.ClientGone);
        else
            await stream.FoldAsync(deadline.ClientGone);

        if (!exchange.WantsEvents)
        {
            exchange.Failure = FailureOf(stream, transcoder.Response, exchange);
            exchange.Folded = exchange.Failure is null ? transcoder.Response : null;
            context.SuppressResponseBody = true;
        }
        else if (stream.FailedUnheard)
        {
            context.SuppressResponseBody = true;
        }
        else
        {
            EventStreamHeaders.Set(context.HttpContext.Response);
        }
    }

    /// <summary>Nothing of a folded answer has been sent: whatever it had, it may be asked for again.</summary>
    private static Failure? FailureOf(TranscodingStream stream, ResponseObject response, Exchange exchange) =>
        response.Status == ResponseStatus.Failed ? StreamFailure.Explain(stream, exchange) : null;

    private async Task ReadFailureAsync(HttpResponseMessage upstream, Exchange exchange, CancellationToken cancellation)
    {
        var redaction = exchange.Credentials.Redaction;
        var status = (int)upstream.StatusCode;
        var bytes = await ReadErrorBodyAsync(upstream.Content, cancellation);
        exchange.Failure = status is >= 300 and < 400
            ? new Failure(
                FailureKind.Misdirected,
                StatusCodes.Status502BadGateway,
                $"Provider '{exchange.Provider.Name}' redirects to {redaction.Apply(upstream.Headers.Location?.ToString() ?? "nowhere")}; set its address to where it really is.")
            : Explain(exchange, upstream, bytes.Span);
        if (exchange.Endpoint.IsResponses)
            return;
        // The key may be the gateway's own: a backend that refuses it must not tell it to the client.
        var shown = redaction.IsNeeded ? Encoding.UTF8.GetBytes(redaction.Apply(Encoding.UTF8.GetString(bytes.Span))) : bytes;
        exchange.PassedError = new PassedError(
            status,
            [.. TravellingHeaders.Downstream(upstream, redaction).Where(h => !h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))],
            shown);
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

    private Failure Explain(Exchange exchange, HttpResponseMessage upstream, ReadOnlySpan<byte> body)
    {
        var provider = exchange.Provider;
        var fault = UpstreamErrorBody.Read(body, (int)upstream.StatusCode);
        var delay = RetryDelay.Of(upstream, body, fault.Message, BackendRegistry.For(provider.Dialect.Name), time.GetUtcNow());
        return UpstreamFailure.Explain(provider, exchange.Model, fault, delay, exchange.Credentials.Redaction);
    }
}
