using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Codex.Gateway.Logging;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Gateway.Proxy;

/// <summary>
/// A chat answer read as a Responses event stream. It reads upstream only when it is read itself, so a slow
/// client slows the backend down, and nothing but the events of one read is ever held. An answer that fails before it
/// said anything ends without a terminal event: another attempt may follow it.
/// </summary>
internal sealed class TranscodingStream : PulledStream
{
    /// <summary>About 16 chunks; held by every open stream, so no larger than serves.</summary>
    private const int ReadSize = 4 * 1024;

    /// <summary>
    /// How long after its finish reason a backend may still send usage. Some send neither that nor <c>[DONE]</c> and
    /// keep the connection open (symptom 6); the answer is complete all the same.
    /// </summary>
    private static readonly TimeSpan Afterword = TimeSpan.FromSeconds(3);

    private readonly Stream _upstream;
    private readonly StreamTranscoder _transcoder;
    private readonly Exchange _exchange;
    private readonly RequestLog? _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancel;
    private readonly EventBuffer _events = new();
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(ReadSize);
    private readonly ReadOrTick _read;
    private readonly CancellationTokenRegistration _stopping;
    private Task<bool>? _wait;
    private bool _totalIsNearer;
    private bool _isStopped;
    private bool _disposed;

    /// <param name="keepAlive">Silence after which the client gets a sign of life; infinite for one that waits for the whole.</param>
    /// <param name="stop">Ends the answer with an error of ours, because the gateway stops.</param>
    public TranscodingStream(
        Stream upstream,
        StreamTranscoder transcoder,
        Exchange exchange,
        RequestLog? log,
        TimeSpan keepAlive,
        TimeProvider time,
        CancellationToken stop)
    {
        _upstream = upstream;
        _transcoder = transcoder;
        _exchange = exchange;
        _log = log;
        _time = time;
        _read = new ReadOrTick(keepAlive, time);
        _cancel = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        if (exchange.Opening is { IsSent: true } opening)
            _transcoder.ContinueAt(opening.Sequence);
        else
            _transcoder.Start(_events);
        Sequence = _transcoder.NextSequence;
        _stopping = stop.UnsafeRegister(static self => ((TranscodingStream)self!).Stop(), this);
    }

    /// <summary>Set when the answer broke off: the connection, not the backend's words, is to blame.</summary>
    public Failure? Interruption { get; private set; }

    /// <summary>True when the answer failed before it said anything; its error is not among the events.</summary>
    public bool FailedUnheard { get; private set; }

    /// <summary>Whether any event was taken out.</summary>
    public bool WasRead { get; private set; }

    /// <summary>While nothing was said: the number of the next event of the attempt that follows.</summary>
    public int Sequence { get; private set; }

    /// <summary>What failed unheard.</summary>
    public ResponseError? Error => _transcoder.IsFinished ? _transcoder.Response.Error : null;

    /// <summary>Reads on until the model says something, the answer is over, or <paramref name="hold"/> has passed.</summary>
    public async Task PrimeAsync(TimeSpan hold, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var held = Task.Delay(hold, _time, waiting.Token);
        while (!_transcoder.IsFinished && !_transcoder.HasOutput)
        {
            BeginRead();
            _wait ??= _read.WaitAsync().AsTask();
            if (await Task.WhenAny(_wait, held) == held)
                break;
            await PullAsync(cancellation);
        }

        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Reads the whole answer; what is wanted of it is in the transcoder.</summary>
    public async Task FoldAsync(CancellationToken cancellation)
    {
        while (!_transcoder.IsFinished)
        {
            await PullAsync(cancellation);
            _events.Clear();
        }
    }

    // One is awaited for every token: pooled, the two state machines of a read cost no allocation.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_events.IsEmpty)
        {
            // The answer ends here even when the backend keeps its connection open (symptom 7).
            if (_transcoder.IsFinished)
                return 0;
            await PullAsync(cancellationToken);
        }

        var taken = _events.Take(buffer.Span);
        WasRead |= taken > 0;
        if (_transcoder.HasOutput)
            _exchange.ReleaseBody();
        if (_log is not null && _events.IsEmpty && _transcoder.IsFinished && !FailedUnheard)
            _log.IsComplete = true;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            Report();
            _stopping.Dispose();
            _read.Dispose();
            var reads = _read.HasRead;
            if (reads || _transcoder.IsFinished)
                _cancel.Cancel();
            else
                AbandonedBody.Cancel(_upstream, _cancel);
            _upstream.Dispose();
            _cancel.Dispose();
            _events.Dispose();
            _transcoder.Dispose();
            // A read that is still on its way may yet write into its buffer.
            if (!reads)
                ArrayPool<byte>.Shared.Return(_bytes);
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PullAsync(CancellationToken cancellation)
    {
        try
        {
            using var gone = cancellation.UnsafeRegister(static cancel => ((CancellationTokenSource)cancel!).Cancel(), _cancel);
            BeginRead();
            var isRead = _wait is null ? await _read.WaitAsync() : await _wait;
            _wait = null;
            if (!isRead)
            {
                KeepAlive();
                return;
            }

            var read = _read.Take();
            // Waiting for a slow client is not the backend's silence.
            _cancel.CancelAfter(Timeout.InfiniteTimeSpan);
            Take(_bytes.AsSpan(0, read));
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_isStopped)
                Interrupt(RequestFailures.Stopping);
            else
                Interrupt(new Failure(FailureKind.TimedOut, StatusCodes.Status504GatewayTimeout, TimeoutMessage()) { Cause = "fell silent in the middle of its answer" });
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            Interrupt(StreamFailure.BrokenOff(_exchange.Provider, "in the middle of"));
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var mark = Mark();
        if (bytes.IsEmpty)
        {
            _transcoder.End(cause: null, now, _events);
        }
        else
        {
            if (_log is { FirstEvent: null } log)
                log.FirstEvent = _exchange.Deadline?.Elapsed;
            _log?.TakeChunk();
            _transcoder.Push(bytes, now, _events);
        }

        HoldBackFailure(mark);
    }

    /// <summary>Where the events end as long as the model has said nothing.</summary>
    private int? Mark()
    {
        if (_transcoder.HasOutput)
            return null;
        Sequence = _transcoder.NextSequence;
        return _events.Length;
    }

    private void HoldBackFailure(int? mark)
    {
        if (mark is not { } length || _transcoder.HasOutput || !_transcoder.IsFinished || _transcoder.Response.Status != ResponseStatus.Failed)
            return;
        _events.CutBackTo(length);
        FailedUnheard = true;
    }

    private void KeepAlive()
    {
        _transcoder.KeepAlive(_events);
        if (_log is { } log)
            log.Keepalives++;
    }

    private void Stop()
    {
        _isStopped = true;
        _cancel.Cancel();
    }

    private void BeginRead()
    {
        if (!_read.HasRead)
            _read.Begin(ReadUpstreamAsync());
    }

    private ValueTask<int> ReadUpstreamAsync()
    {
        var timeouts = _exchange.Provider.Timeouts;
        var idle = _transcoder.HasFinishReason && Afterword < timeouts.Idle ? Afterword : timeouts.Idle;
        var left = timeouts.Total - (_exchange.Deadline?.Elapsed ?? TimeSpan.Zero);
        _totalIsNearer = left < idle;
        _cancel.CancelAfter(!_totalIsNearer ? idle : left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return _upstream.ReadAsync(_bytes.AsMemory(0, ReadSize), _cancel.Token);
    }

    private void Interrupt(Failure failure)
    {
        Interruption = failure;
        var mark = Mark();
        _transcoder.End(new ResponseError("server_error", failure.Message), _time.GetUtcNow().ToUnixTimeSeconds(), _events);
        HoldBackFailure(mark);
    }

    private string TimeoutMessage()
    {
        var (provider, timeouts) = (_exchange.Provider.Name, _exchange.Provider.Timeouts);
        return _totalIsNearer
            ? string.Create(CultureInfo.InvariantCulture, $"The answer of provider '{provider}' took longer than {timeouts.Total.TotalSeconds:0.#} s in all; raise its total timeout if that is normal.")
            : string.Create(CultureInfo.InvariantCulture, $"Provider '{provider}' sent nothing for {timeouts.Idle.TotalSeconds:0.#} s in the middle of its answer; raise its idle timeout if that is normal.");
    }

    private void Report()
    {
        if (_log is null)
            return;
        _log.ToolCalls = _transcoder.ToolCallCount;
        _log.TakeRepairs(_transcoder.Repairs);
        if (!_transcoder.IsFinished || FailedUnheard)
            return;
        var response = _transcoder.Response;
        _log.TokensIn = response.Usage?.InputTokens;
        _log.TokensOut = response.Usage?.OutputTokens;
        if (response.Status == ResponseStatus.Failed)
            _log.Failure ??= response.Error?.Code ?? "failed";
    }
}
