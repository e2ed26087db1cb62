using System.Buffers;

namespace Codex.Gateway.Proxy;

/// <summary>
/// An answer that passes through as it is, of which the beginning is awaited before the client is told anything: a
/// connection that breaks before then leaves nothing to take back, so that another attempt may follow.
/// </summary>
/// <param name="isStream">The first bytes are the beginning; else all of it is, as far as it fits: half a JSON is of no use.</param>
internal sealed class PassedBody(Stream upstream, bool isStream, Exchange exchange) : PulledStream
{
    private const int StreamBeginning = 4 * 1024;
    private const int WholeBeginning = 16 * 1024;

    private readonly CancellationTokenSource _cancel = new();
    private byte[] _bytes = [];
    private Task<int>? _reading;
    private int _start;
    private int _end;

    /// <summary>Waits until the answer has begun, has ended, or <paramref name="hold"/> has passed.</summary>
    /// <exception cref="IOException">It broke off before.</exception>
    /// <exception cref="HttpRequestException">As <see cref="IOException"/>.</exception>
    public async Task PrimeAsync(TimeSpan hold, TimeProvider time, CancellationToken cancellation)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(isStream ? StreamBeginning : WholeBeginning);
        using var gone = CancelWith(cancellation);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var held = Task.Delay(hold, time, waiting.Token);
        do
        {
            _reading = upstream.ReadAsync(_bytes.AsMemory(_end), _cancel.Token).AsTask();
            if (await Task.WhenAny(_reading, held) == held)
                break;
        }
        while (await TakeReadAsync() > 0 && !isStream && _end < _bytes.Length);
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_reading is not null && _start == _end)
        {
            using var gone = CancelWith(cancellationToken);
            await TakeReadAsync();
        }

        if (_start == _end)
            return Sending(await upstream.ReadAsync(buffer, cancellationToken));
        var taken = Math.Min(_end - _start, buffer.Length);
        _bytes.AsMemory(_start, taken).CopyTo(buffer);
        _start += taken;
        if (_start == _end && _reading is null)
            Release();
        return Sending(taken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The buffer of a read that is still on its way is left to it.
            if (_reading is null)
                Release();
            _cancel.Cancel();
            upstream.Dispose();
            _cancel.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> TakeReadAsync()
    {
        var read = await _reading!;
        _reading = null;
        _end += read;
        return read;
    }

    private CancellationTokenRegistration CancelWith(CancellationToken token) =>
        token.UnsafeRegister(static cancel => ((CancellationTokenSource)cancel!).Cancel(), _cancel);

    /// <summary>What was read is sent on at once; until then the request may have to be sent again.</summary>
    private int Sending(int read)
    {
        if (read > 0)
            exchange.ReleaseBody();
        return read;
    }

    private void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }
}
