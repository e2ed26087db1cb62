namespace Codex.Gateway.Compression;

/// <summary>
/// Encoded bytes for the framework's inflating streams, which take the end of their source for the end of the data:
/// remembers whether more was wanted than there is.
/// </summary>
internal sealed class EncodedBodyStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private int _position;

    public bool WasReadBeyondEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        WasReadBeyondEnd |= count == 0;
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
