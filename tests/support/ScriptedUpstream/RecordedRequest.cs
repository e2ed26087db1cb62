using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Codex.ScriptedUpstream;

/// <summary>What the scripted upstream received, and what became of it.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource<RequestEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesSent;

    internal RecordedRequest(HttpRequest request, byte[] body, DateTimeOffset receivedAt)
    {
        Method = request.Method;
        Path = request.Path.Value ?? "/";
        Query = request.QueryString.Value ?? "";
        Headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Body = body;
        ReceivedAt = receivedAt;
    }

    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    /// <summary>With its question mark, or empty.</summary>
    public string Query { get; }

    /// <summary>Names compare without case; several values of one name are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Body bytes handed to the connection so far.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Completes when the script is over or the client has gone, whichever is first.</summary>
    public Task<RequestEnd> Ended => _ended.Task;

    /// <summary>When the client went away before the script was over; null while it runs or when it was heard to its end.</summary>
    public DateTimeOffset? ClientAbortedAt { get; private set; }

    public bool ClientAborted => ClientAbortedAt is not null;

    /// <summary>The body as JSON.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }

    internal void Sent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    internal void End(RequestEnd end)
    {
        if (end is RequestEnd.ClientGone gone)
            ClientAbortedAt = gone.At;
        _ended.TrySetResult(end);
    }
}

/// <summary>How one scripted answer ended.</summary>
public abstract record RequestEnd(DateTimeOffset At)
{
    /// <summary>Every step was played and the response ended cleanly.</summary>
    public sealed record Complete(DateTimeOffset At) : RequestEnd(At);

    /// <summary>The script broke the connection.</summary>
    public sealed record Broken(DateTimeOffset At) : RequestEnd(At);

    /// <summary>The client closed the connection or cancelled first.</summary>
    public sealed record ClientGone(DateTimeOffset At) : RequestEnd(At);
}
