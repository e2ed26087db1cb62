using System.Diagnostics;
using Codex.Gateway.Telemetry;

namespace Codex.Gateway.Logging;

/// <summary>
/// What one request turned out to be; filled on its way through the pipeline by whoever acts, read at its end by the
/// log line, the metrics, the trace and the explanation. Lists are safe to add to from any thread.
/// </summary>
public sealed class RequestLog(TimeProvider? time = null)
{
    /// <summary>A request that is tried for an hour must not fill the memory with its story.</summary>
    private const int MostDecisions = 200;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _started = (time ?? TimeProvider.System).GetTimestamp();
    private readonly Lock _gate = new();
    private readonly List<Attempt> _attempts = [];
    private readonly List<Decision> _decisions = [];
    private long _lastChunk;

    public required string RequestId { get; init; }

    /// <summary>Since the request arrived.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>The name of the gateway key it came with, never the key.</summary>
    public string? Key { get; set; }

    public string? Provider { get; set; }

    /// <summary>As the client asked for it.</summary>
    public string? Model { get; set; }

    /// <summary>From the moment the request left for the backend to the first bytes of its answer.</summary>
    public TimeSpan? FirstEvent { get; set; }

    /// <summary>From the request's arrival to the first bytes of a translated answer: with queue, warm-up and all attempts.</summary>
    public TimeSpan? FirstToken { get; private set; }

    public long? TokensIn { get; set; }

    public long? TokensOut { get; set; }

    public int? ToolCalls { get; set; }

    /// <summary>Paths of what could not be carried over, without values.</summary>
    public string? Dropped { get; set; }

    public int DroppedCount { get; set; }

    /// <summary>Events sent only to keep the client waiting.</summary>
    public int Keepalives { get; set; }

    /// <summary>What the model wrote wrongly and was mended: arguments, names, calls that stood in the text.</summary>
    public int Repairs { get; internal set; }

    /// <summary>How long the request waited for its model to be loaded.</summary>
    public TimeSpan ColdTime { get; set; }

    /// <summary>How long the request waited for a free place at its provider.</summary>
    public TimeSpan QueueTime { get; set; }

    /// <summary>One word for why there was no answer, or none to the end.</summary>
    public string? Failure { get; set; }

    /// <summary>The whole answer has been handed over: a client that leaves now, as Codex does at the terminal event, has not gone away.</summary>
    public bool IsComplete { get; set; }

    /// <summary>An event stream has begun to flow to the client.</summary>
    public bool IsStreaming { get; internal set; }

    /// <summary>The model's name where metrics are kept: one of a bounded set.</summary>
    internal string? MetricModel { get; set; }

    /// <summary>The span of the whole request; null when nobody collects traces.</summary>
    internal Activity? Activity { get; set; }

    /// <summary>Records the pauses between the chunks of an answer; null when nobody does.</summary>
    internal ChunkGaps? Gaps { get; set; }

    /// <summary>The calls to backends so far, in order.</summary>
    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate)
                return [.. _attempts];
        }
    }

    public int AttemptCount
    {
        get
        {
            lock (_gate)
                return _attempts.Count;
        }
    }

    /// <summary>The call that began last; null before the first.</summary>
    public Attempt? LastAttempt
    {
        get
        {
            lock (_gate)
                return _attempts.Count == 0 ? null : _attempts[^1];
        }
    }

    /// <summary>In the order of their times.</summary>
    public IReadOnlyList<Decision> Decisions
    {
        get
        {
            lock (_gate)
                return [.. _decisions.OrderBy(d => d.At)];
        }
    }

    /// <summary>A call to a backend begins; whoever makes it ends it.</summary>
    public Attempt BeginAttempt()
    {
        lock (_gate)
        {
            var attempt = new Attempt(_attempts.Count + 1, _time, Elapsed);
            _attempts.Add(attempt);
            _lastChunk = 0;
            return attempt;
        }
    }

    /// <summary>Notes what was decided and why, in one sentence without secrets.</summary>
    /// <param name="at">Since the request arrived; null for now.</param>
    public void Decide(string sentence, TimeSpan? at = null)
    {
        lock (_gate)
        {
            if (_decisions.Count < MostDecisions)
                _decisions.Add(new Decision(at ?? Elapsed, sentence));
        }
    }

    /// <param name="sentences">One for each repair.</param>
    public void TakeRepairs(IReadOnlyList<string> sentences)
    {
        Repairs += sentences.Count;
        foreach (var sentence in sentences)
            Decide(sentence);
    }

    /// <summary>A read of a translated answer brought something; called once for every read of every stream, and allocates nothing.</summary>
    public void TakeChunk()
    {
        var now = _time.GetTimestamp();
        if (_lastChunk == 0)
            FirstToken = _time.GetElapsedTime(_started, now);
        else
            Gaps?.Record(_time.GetElapsedTime(_lastChunk, now));
        _lastChunk = now;
    }
}

/// <param name="At">Since the request arrived.</param>
public sealed record Decision(TimeSpan At, string Sentence);
