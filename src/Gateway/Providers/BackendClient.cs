using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Codex.Gateway.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>Asks backends about themselves; every failure is a <see cref="BackendReply"/>.</summary>
public sealed class BackendClient : IDisposable
{
    // The largest lists of hosts are below one megabyte.
    private const long MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly HttpClient _http;

    public BackendClient()
        : this(new SocketsHttpHandler
        {
            // A redirect could carry a key to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            // Requests are forwarded without a system proxy; the list must come from the same place.
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
    {
    }

    public BackendClient(HttpMessageHandler handler)
    {
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <param name="headers">Sent as they are; a key among them is not kept.</param>
    /// <param name="deadline">Ends the wait as <see cref="BackendReply.Silent"/>.</param>
    /// <param name="cancellation">Ends it by an exception.</param>
    public async Task<BackendReply> AskAsync(
        Uri baseAddress,
        BackendQuestion question,
        IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken deadline,
        CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellation);
        try
        {
            using var request = new HttpRequestMessage(question.JsonBody is null ? HttpMethod.Get : HttpMethod.Post, question.AddressAt(baseAddress));
            if (question.JsonBody is { } body)
                request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
            request.Headers.Accept.ParseAdd("application/json");
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await _http.SendAsync(request, linked.Token);
            if (!response.IsSuccessStatusCode)
                return new BackendReply.Refused((int)response.StatusCode);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(linked.Token));
            return new BackendReply.Answered(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new BackendReply.Unreadable();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new BackendReply.Silent();
        }
        catch (HttpRequestException e)
        {
            return new BackendReply.Unreachable(Reason(e));
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Reason(HttpRequestException e) => (e.HttpRequestError, e.InnerException) switch
    {
        (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => "connection refused",
        (HttpRequestError.NameResolutionError, _) => "the host name is not known",
        (HttpRequestError.SecureConnectionError, _) => "no secure connection",
        (HttpRequestError.ConfigurationLimitExceeded, _) => "the answer is too large",
        _ => "the connection failed",
    };
}
