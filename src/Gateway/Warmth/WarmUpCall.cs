using System.Net.Http.Headers;
using System.Net.Sockets;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Translation.Chat;
using Codex.Translation.EventStream;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Gateway.Warmth;

/// <summary>
/// Makes a model say one token. Nothing less will do: a list of models, an empty load or a health check may all
/// succeed while the model is not in memory (symptom 49b).
/// </summary>
/// <param name="connections">Those of ordinary requests; null for a provider that is gone.</param>
internal sealed class WarmUpCall(Func<Provider, HttpMessageInvoker?> connections, TimeProvider time)
{
    private const int LongestErrorBody = 64 * 1024;

    private static readonly TimeSpan ErrorBodyLimit = TimeSpan.FromSeconds(5);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Asks all replicas side by side; the first that answers is enough, since requests go to one that answers.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/> only.</exception>
    public async Task<WarmUpTry> TryAsync(WarmRequest request, bool wasListed, CancellationToken cancellation)
    {
        var body = Body(request);
        if (connections(request.Provider) is not { } client)
            return new WarmUpTry.Failed(Unreachable(request.Provider, "it has just changed; send the request again."));
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var tries = request.Provider.Replicas.Select(r => AskAsync(client, r, request, body, wasListed, others.Token)).ToList();
        WarmUpTry.Cold? cold = null;
        WarmUpTry.Failed? failed = null;
        await foreach (var finished in Task.WhenEach(tries))
        {
            switch (await finished)
            {
                case WarmUpTry.Answered answered:
                    await others.CancelAsync();
                    return answered;
                case WarmUpTry.Cold sign:
                    cold = sign;
                    break;
                case WarmUpTry.Failed failure:
                    failed ??= failure;
                    break;
            }
        }

        return cold is not null ? cold : failed!;
    }

    private static byte[] Body(WarmRequest request)
    {
        var asked = new ResponsesRequest
        {
            Model = request.Model,
            Input = [new InputItem.Message(MessageRole.User, [new ContentPart.Text("Hi")])],
            MaxOutputTokens = 1,
        };
        return RequestTranslation.ToChat(asked, request.Provider.Dialect, request.UpstreamModel) is RequestTranslated.Ready { Call: var call }
            ? call.ToUtf8()
            : throw new NotSupportedException($"The dialect {request.Provider.Dialect.Name} refuses a plain question.");
    }

    private async Task<WarmUpTry> AskAsync(
        HttpMessageInvoker client, Uri replica, WarmRequest request, byte[] body, bool wasListed, CancellationToken cancellation)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(replica.AbsoluteUri.TrimEnd('/') + "/chat/completions"));
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = Json;
            message.Headers.TryAddWithoutValidation("User-Agent", UpstreamRequestTransform.UserAgent);
            message.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
            foreach (var (name, value) in request.Credentials.Headers)
            {
                message.Headers.Remove(name);
                message.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await client.SendAsync(message, cancellation);
            var fault = response.IsSuccessStatusCode
                ? await ReadFaultAsync(response.Content, cancellation)
                : UpstreamErrorBody.Read((await ReadStartAsync(response.Content, cancellation)).Span, (int)response.StatusCode);
            return fault is null ? WarmUpTry.Answered.Instance : Judge(request, fault, RetryAfter(response), wasListed);
        }
        catch (HttpRequestException error)
        {
            return Judge(request, Unreachable(request.Provider, Reason(error)), retryAfter: null, wasListed);
        }
        catch (IOException)
        {
            return Judge(request, Unreachable(request.Provider, "the connection broke."), retryAfter: null, wasListed);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Judge(request, Unreachable(request.Provider, "the connection was not made in time; check its address."), retryAfter: null, wasListed);
        }
    }

    private static WarmUpTry Judge(WarmRequest request, UpstreamFault fault, TimeSpan? retryAfter, bool wasListed) => Judge(
        request,
        UpstreamFailure.Explain(request.Provider, request.Model, fault, retryAfter, request.Credentials.Redaction),
        retryAfter,
        wasListed);

    private static WarmUpTry Judge(WarmRequest request, Failure failure, TimeSpan? retryAfter, bool wasListed) =>
        ColdSigns.Read(failure, request.Provider, wasListed) switch
        {
            { Kind: FailureKind.Cold } => new WarmUpTry.Cold(failure.Message, retryAfter),
            // It is awake: it only dislikes this question, as some do that want room for more than one token.
            { Kind: FailureKind.InvalidRequest, Status: StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity } => WarmUpTry.Answered.Instance,
            var other => new WarmUpTry.Failed(other),
        };

    /// <summary>The error in a stream that began as a success, as some servers send it; null once the model has said anything.</summary>
    private static async Task<UpstreamFault?> ReadFaultAsync(HttpContent content, CancellationToken cancellation)
    {
        var parser = new EventStreamParser(LongestErrorBody);
        var start = new List<byte>();
        var bytes = new byte[4096];
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        while (start.Count < LongestErrorBody)
        {
            var read = await stream.ReadAsync(bytes, cancellation);
            if (read == 0)
                break;
            start.AddRange(bytes.AsSpan(0, read));
            if (FirstChunk(parser, bytes.AsSpan(0, read)) is { } chunk)
                return chunk.Fault;
        }

        // A whole answer or an error in plain JSON, for backends that do not stream it.
        if (ChatChunkReader.TryRead(start.ToArray(), out var whole))
            return whole.Fault;
        return new UpstreamFault(StatusCodes.Status503ServiceUnavailable, Code: null, Type: null, "an empty answer, as while loading");
    }

    private static ChatChunk? FirstChunk(EventStreamParser parser, ReadOnlySpan<byte> bytes)
    {
        while (parser.TryRead(ref bytes, out var data))
        {
            if (ChatChunkReader.TryRead(data, out var chunk) && (chunk.Fault is not null || chunk.HasChoice))
                return chunk;
        }

        return null;
    }

    private async Task<ReadOnlyMemory<byte>> ReadStartAsync(HttpContent content, CancellationToken cancellation)
    {
        var bytes = new byte[LongestErrorBody];
        using var limit = new CancellationTokenSource(ErrorBodyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await using var body = await content.ReadAsStreamAsync(either.Token);
            return bytes.AsMemory(0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The status alone tells enough.
            return default;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private static Failure Unreachable(Provider provider, string reason) => new(
        FailureKind.Unreachable,
        StatusCodes.Status502BadGateway,
        $"Provider '{provider.Name}' cannot be reached: {reason}");

    private static string Reason(HttpRequestException error) => error switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name is not known; check its address.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made; check its certificate.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "the connection is refused; start it, or check its address.",
        _ => "the connection failed.",
    };
}
