using System.Buffers;
using Codex.Gateway.Logging;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>
/// Keeps a streaming client patient until an answer comes: <c>response.created</c>, then <c>response.in_progress</c>
/// again and again. Clients count the silence between events; comments do not end it (symptom 11).
/// </summary>
/// <remarks>Either this class writes to the client or an attempt does, never both: see <see cref="HandOverAsync"/>.</remarks>
internal sealed class ResponseOpening(
    DeferredResponse response, AnswerPlan plan, RequestLog log, TimeSpan interval, TimeProvider time, CancellationToken clientGone) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private StreamTranscoder? _transcoder;
    private CancellationTokenSource? _stop;
    private Task _waiting = Task.CompletedTask;

    /// <summary>True when the client has <c>created</c>; then the answer goes on at <see cref="Sequence"/>.</summary>
    public bool IsSent { get; private set; }

    /// <summary>The sequence number of the next event.</summary>
    public int Sequence { get; private set; }

    /// <summary>Begins to wait; called once at the start and after every <see cref="TakeBack"/>.</summary>
    public void Begin()
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(clientGone);
        _waiting = WaitAsync(_stop.Token);
    }

    /// <summary>Falls silent: from when this returns, an attempt may write.</summary>
    public async Task HandOverAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await _waiting;
        _stop.Dispose();
        _stop = null;
    }

    /// <summary>Called when an attempt that had the word ended without output.</summary>
    public void TakeBack(int sequence, bool isSent)
    {
        IsSent |= isSent;
        Sequence = IsSent ? sequence : 0;
        Begin();
    }

    /// <summary>Ends an answer that never came. The word must have been handed over.</summary>
    public async Task FailAsync(ResponseError error)
    {
        _buffer.ResetWrittenCount();
        using var transcoder = plan.NewTranscoder();
        if (IsSent)
            transcoder.ContinueAt(Sequence);
        else
            transcoder.Start(_buffer);
        transcoder.Fail(error, _buffer);
        await response.SendEventsAsync(_buffer.WrittenMemory, clientGone);
    }

    public async ValueTask DisposeAsync()
    {
        await HandOverAsync();
        _transcoder?.Dispose();
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await SendAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Handed over, or the client left; whoever runs the attempts sees that for itself.
        }
    }

    /// <summary>Not stopped in the middle: half an event would be lost for good.</summary>
    private async Task SendAsync()
    {
        _buffer.ResetWrittenCount();
        if (_transcoder is null || _transcoder.NextSequence != Sequence)
        {
            _transcoder?.Dispose();
            _transcoder = plan.NewTranscoder();
            if (IsSent)
                _transcoder.ContinueAt(Sequence);
        }

        if (IsSent)
            _transcoder.KeepAlive(_buffer);
        else
            _transcoder.Start(_buffer);
        IsSent = true;
        Sequence = _transcoder.NextSequence;
        log.Keepalives++;
        await response.SendEventsAsync(_buffer.WrittenMemory, clientGone);
    }
}
