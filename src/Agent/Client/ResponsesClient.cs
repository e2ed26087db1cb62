using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Codex.Translation.EventStream;

namespace Codex.Agent.Client;

/// <summary>Asks once: posts a request and reads the stream of its answer. Whoever calls decides whether to ask again.</summary>
public sealed class ResponsesClient(HttpMessageInvoker http, ModelEndpoint endpoint, TimeProvider time)
{
    private const int MaxEventBytes = 64 * 1024 * 1024;

    /// <summary>Beyond this an error body is no message.</summary>
    private const int LongestError = 64 * 1024;

    public ModelEndpoint Endpoint { get; } = endpoint;

    /// <param name="body">The whole request as JSON.</param>
    /// <param name="identity">Sent as headers, so that a gateway can keep a conversation on one replica.</param>
    public async IAsyncEnumerable<ModelEvent> AskAsync(
        ReadOnlyMemory<byte> body, RequestIdentity identity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var idle = new CancellationTokenSource(Endpoint.IdleLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellation);
        // A server may load its model before it sends headers: only the stream is watched for silence.
        idle.CancelAfter(Timeout.InfiniteTimeSpan);
        var (response, fault) = await SendAsync(body, identity, cancellation);
        if (fault is not null)
        {
            yield return new ModelEvent.Failed(fault);
            yield break;
        }

        using (response)
        {
            await using var stream = await response!.Content.ReadAsStreamAsync(cancellation);
            var parser = new EventStreamParser(MaxEventBytes);
            var buffer = new byte[16 * 1024];
            while (true)
            {
                idle.CancelAfter(Endpoint.IdleLimit);
                var (read, broken) = await ReadAsync(stream, buffer, either.Token, cancellation);
                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                if (broken is not null)
                {
                    yield return new ModelEvent.Failed(broken);
                    yield break;
                }

                foreach (var told in Parse(parser, buffer.AsSpan(0, read), isEnd: read == 0))
                {
                    yield return told;
                    if (told is ModelEvent.Completed or ModelEvent.Failed)
                        yield break;
                }

                if (read == 0)
                {
                    yield return new ModelEvent.Failed(new ModelFault.Disconnected("stream closed before response.completed"));
                    yield break;
                }
            }
        }
    }

    private static List<ModelEvent> Parse(EventStreamParser parser, ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var told = new List<ModelEvent>();
        while (parser.TryRead(ref bytes, out var data))
        {
            if (ModelEventReader.Read(data) is { } e)
                told.Add(e);
        }

        while (isEnd && parser.TryReadRest(out var rest))
        {
            if (ModelEventReader.Read(rest) is { } e)
                told.Add(e);
        }

        return told;
    }

    private static async Task<(int Read, ModelFault? Broken)> ReadAsync(
        Stream stream, byte[] buffer, CancellationToken either, CancellationToken cancellation)
    {
        try
        {
            return (await stream.ReadAsync(buffer, either), null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (0, new ModelFault.Disconnected("idle timeout waiting for SSE"));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            return (0, new ModelFault.Disconnected("the connection broke in the middle of the answer"));
        }
    }

    private async Task<(HttpResponseMessage? Response, ModelFault? Fault)> SendAsync(
        ReadOnlyMemory<byte> body, RequestIdentity identity, CancellationToken cancellation)
    {
        var found = await Endpoint.FindKeyAsync(cancellation);
        if (found is KeyFound.Failed failed)
            return (null, new ModelFault.Fatal(failed.Reason));
        var key = ((KeyFound.Known)found).Key;
        var (response, fault) = await SendAsync(body, identity, key, cancellation);
        if (response is not { StatusCode: HttpStatusCode.Unauthorized } || key is null || Endpoint.KeyProgram is not { } program)
            return await OutcomeAsync(response, fault, cancellation);

        // The key may have run out early; a new one is tried once.
        program.Forget(key);
        if (await program.FindAsync(cancellation) is not KeyFound.Known { Key: { } fresh } || fresh == key)
            return await OutcomeAsync(response, fault, cancellation);
        response.Dispose();
        (response, fault) = await SendAsync(body, identity, fresh, cancellation);
        return await OutcomeAsync(response, fault, cancellation);
    }

    private async Task<(HttpResponseMessage? Response, ModelFault? Fault)> OutcomeAsync(
        HttpResponseMessage? response, ModelFault? fault, CancellationToken cancellation)
    {
        if (response is null or { IsSuccessStatusCode: true })
            return (response, fault);
        using (response)
            return (null, HttpFault.Read(response, await ReadErrorAsync(response, cancellation), Endpoint, time));
    }

    private async Task<(HttpResponseMessage? Response, ModelFault? Fault)> SendAsync(
        ReadOnlyMemory<byte> body, RequestIdentity identity, string? key, CancellationToken cancellation)
    {
        var address = Endpoint.Address("/responses");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        identity.AddTo(request.Headers);
        foreach (var (name, value) in Endpoint.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            return (await http.SendAsync(request, cancellation), null);
        }
        catch (HttpRequestException error)
        {
            cancellation.ThrowIfCancellationRequested();
            return (null, new ModelFault.Unreachable(HttpFault.Describe(error, address)));
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[LongestError];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return "";
        }
    }
}
