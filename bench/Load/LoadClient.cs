using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Codex.Bench.Load;

/// <summary>Asks one proxy for streams and looks no closer at them than it must.</summary>
internal sealed class LoadClient : IDisposable
{
    private const string Question =
        "Explain in a few paragraphs how a garbage collector finds out which objects of a program are still in use, what a generation is, "
        + "why most objects die young, and what a write barrier costs. Give an example for each of them, in plain words and without formulas.";

    private const string Instructions =
        "You are a careful assistant. Answer in the language of the question. Be brief where the question is simple and thorough where it is not. "
        + "Say so when you do not know something. Do not repeat the question. Use lists only where they help the reader.";

    private static readonly byte[] FirstDelta = Encoding.UTF8.GetBytes(UpstreamServer.Word);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0 }) { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Uri _address;
    private readonly bool _speaksResponses;

    private LoadClient(Uri address, bool speaksResponses, string? key = null)
    {
        _address = address;
        _speaksResponses = speaksResponses;
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public static LoadClient OfChat(ServerProcess server) => new(new Uri(server.Address + "/v1/chat/completions"), speaksResponses: false);

    public static LoadClient OfResponses(ServerProcess server) => OfResponses(server, key: null);

    public static LoadClient OfResponses(ServerProcess server, string? key) => new(new Uri(server.Address + "/v1/responses"), speaksResponses: true, key);

    public void Dispose() => _http.Dispose();

    /// <summary>Reads <paramref name="requests"/> whole answers on each of <paramref name="streams"/> streams.</summary>
    /// <returns>The time to the first delta of each answer.</returns>
    public async Task<TimeSpan[]> RunAsync(int streams, int requests)
    {
        var perStream = await Task.WhenAll(Enumerable.Range(0, streams).Select(async _ =>
        {
            var first = new TimeSpan[requests];
            for (var i = 0; i < requests; i++)
                first[i] = await ReadAnswerAsync();
            return first;
        }));
        return [.. perStream.SelectMany(f => f)];
    }

    /// <summary>Opens an answer that stays open and reads up to its first delta; disposing the stream closes it.</summary>
    /// <param name="bodyKiB">Added to the question, as a long conversation would be.</param>
    /// <param name="mark">By which the backend is asked later when this client left.</param>
    public async Task<Stream> OpenIdleAsync(int bodyKiB = 0, string mark = "")
    {
        var response = await SendAsync(UpstreamServer.IdleModel, mark + new string('x', bodyKiB * 1024));
        var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            if (buffer.AsSpan(0, read).IndexOf(FirstDelta) >= 0)
                return stream;
        }

        throw new InvalidOperationException($"{_address} ended a stream that should stay open.");
    }

    private async Task<TimeSpan> ReadAnswerAsync()
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await SendAsync(UpstreamServer.Model);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        var tail = new byte[64];
        TimeSpan? first = null;
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            var bytes = buffer.AsSpan(0, read);
            if (first is null && bytes.IndexOf(FirstDelta) >= 0)
                first = Stopwatch.GetElapsedTime(started);
            var kept = bytes[Math.Max(0, bytes.Length - tail.Length)..];
            tail.AsSpan(kept.Length).CopyTo(tail);
            kept.CopyTo(tail.AsSpan(tail.Length - kept.Length));
        }

        // Every answer is checked for its end: a proxy must not look fast by giving up.
        var end = Encoding.UTF8.GetString(tail);
        if (first is null || !(_speaksResponses ? end.EndsWith("}}\n\n", StringComparison.Ordinal) : end.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)))
            throw new InvalidOperationException($"{_address} sent an answer without its end: …{end}");
        return first.Value;
    }

    private async Task<HttpResponseMessage> SendAsync(string model, string more = "")
    {
        var body = _speaksResponses
            ? $$$"""{"model":"{{{model}}}","instructions":"{{{Instructions}}}","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"{{{Question}}}{{{more}}}"}]}],"stream":true,"store":false}"""
            : $$$"""{"model":"{{{model}}}","messages":[{"role":"system","content":"{{{Instructions}}}"},{"role":"user","content":"{{{Question}}}{{{more}}}"}],"stream":true,"stream_options":{"include_usage":true}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }
}
