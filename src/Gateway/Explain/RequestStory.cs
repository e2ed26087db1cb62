using System.Collections.Immutable;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using Codex.Translation.Text;

namespace Codex.Gateway.Explain;

/// <summary>
/// Everything about one request that a person may want to see afterwards. Keys are blotted out before anything is
/// kept; texts, headers and events are bounded. A feature of the HTTP context while the request runs.
/// </summary>
internal sealed class RequestStory
{
    public const int LongestBody = 256 * 1024;
    public const int MostEvents = 2000;
    private const int LongestEvents = 512 * 1024;
    private const int LongestEvent = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly RequestLog _log;
    private readonly Redaction _client;
    private readonly List<StoryCall> _calls = [];
    private readonly List<StoryEvent> _events = [];
    private Redaction _backend = Redaction.None;
    private int _eventLength;

    public RequestStory(HttpRequest request, RequestLog log, DateTimeOffset at)
    {
        _log = log;
        At = at;
        Method = request.Method;
        Path = request.Path.Value ?? "";
        _client = new Redaction(StoryHeaders.SecretsOf(request).Select(s => new Secret(s)));
        Headers = [.. request.Headers.Select(h => StoryHeaders.Shown(h.Key, h.Value.ToString(), Redact))];
    }

    public string Id => _log.RequestId;

    public RequestLog Log => _log;

    public DateTimeOffset At { get; }

    public string Method { get; }

    public string Path { get; }

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Null until it was read.</summary>
    public string? Body { get; private set; }

    /// <summary>Of the answer; null while the request runs.</summary>
    public int? Status { get; private set; }

    public TimeSpan? Duration { get; private set; }

    public int OmittedEvents { get; private set; }

    /// <summary>Characters held, for the bound of all stories together.</summary>
    public int Size
    {
        get
        {
            lock (_gate)
                return (Body?.Length ?? 0) + _eventLength + _calls.Sum(c => c.Body.Length);
        }
    }

    public ImmutableArray<StoryCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public ImmutableArray<StoryEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <param name="body">As read: whole and decompressed.</param>
    public void ClientSent(ReadOnlySpan<byte> body) => Body = Shown(body);

    public void CallBegins(HttpRequestMessage request, Exchange exchange)
    {
        _backend = exchange.Credentials.Redaction;
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .Select(h => StoryHeaders.Shown(h.Key, string.Join(", ", h.Value), Redact));
        // The body of every attempt is the same.
        var body = _calls.Count == 0 ? Shown(exchange.Body.Span) : "";
        var call = new StoryCall(request.RequestUri!.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped), [.. headers], body);
        lock (_gate)
            _calls.Add(call);
    }

    public void BackendAnswered(HttpResponseMessage response)
    {
        lock (_gate)
        {
            if (_calls.Count > 0)
            {
                _calls[^1].Status = (int)response.StatusCode;
                _calls[^1].ResponseHeaders = [.. response.Headers.NonValidated.Select(h => StoryHeaders.Shown(h.Key, string.Join(", ", h.Value), Redact))];
            }
        }
    }

    public void Add(StorySide side, string text)
    {
        text = Redact(text);
        if (text.Length > LongestEvent)
            text = string.Concat(text.AsSpan(0, LongestEvent), "…");
        lock (_gate)
        {
            if (_events.Count >= MostEvents || _eventLength + text.Length > LongestEvents)
            {
                OmittedEvents++;
                return;
            }

            _eventLength += text.Length;
            _events.Add(new StoryEvent(_log.Elapsed, side, text));
        }
    }

    public void End(int status)
    {
        Status = status;
        Duration = _log.Elapsed;
    }

    private string Redact(string text) => _backend.Apply(_client.Apply(text));

    /// <summary>Redacted before it is cut: half a key would not be found.</summary>
    private string Shown(ReadOnlySpan<byte> body)
    {
        var margin = Math.Min(body.Length, LongestBody + 4096);
        var text = Redact(System.Text.Encoding.UTF8.GetString(body[..margin]));
        return text.Length <= LongestBody && margin == body.Length ? text : string.Concat(text.AsSpan(0, Math.Min(text.Length, LongestBody)), "…");
    }
}

/// <summary>Who sent an event.</summary>
internal enum StorySide
{
    Backend,
    Gateway,
}

/// <param name="At">Since the request arrived; when its last byte came or left.</param>
internal sealed record StoryEvent(TimeSpan At, StorySide Side, string Text);

/// <summary>What was sent to a backend, in the order of the log's attempts.</summary>
internal sealed class StoryCall(string url, ImmutableArray<KeyValuePair<string, string>> headers, string body)
{
    public string Url { get; } = url;

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; } = headers;

    /// <summary>Empty for a repeated call, which sends the same.</summary>
    public string Body { get; } = body;

    public int? Status { get; set; }

    public ImmutableArray<KeyValuePair<string, string>> ResponseHeaders { get; set; } = [];
}
