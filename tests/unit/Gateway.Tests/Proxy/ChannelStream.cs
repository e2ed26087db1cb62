using System.Text;
using System.Threading.Channels;

namespace Codex.Gateway.Tests.Proxy;

/// <summary>An upstream body of which a test decides when what arrives, and sees how it is read.</summary>
internal sealed class ChannelStream : Stream
{
    private readonly Channel<byte[]> _channel = Channel.CreateUnbounded<byte[]>();
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public bool ReadWasCancelled { get; private set; }

    public bool DisposedAfterCancel { get; private set; }

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Send(string text) => _channel.Writer.TryWrite(Encoding.UTF8.GetBytes(text)).ShouldBeTrue();

    public void End() => _channel.Writer.Complete();

    public void Break() => _channel.Writer.Complete(new IOException("cut"));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        // Noted here, not when the wait throws: that may happen later. Callbacks run last come, first served.
        var waiting = _channel.Reader.WaitToReadAsync(cancellationToken);
        await using var noted = cancellationToken.Register(() => ReadWasCancelled = true);
        if (!await waiting)
            return 0;
        var bytes = await _channel.Reader.ReadAsync(CancellationToken.None);
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        DisposedAfterCancel = ReadWasCancelled;
        base.Dispose(disposing);
    }
}
