namespace Codex.Gateway.Compression;

/// <summary>Everything decoded so far, in one piece, which is also the window that matches copy from.</summary>
internal sealed class ZstdOutput(int maxBytes)
{
    private const int FirstCapacity = 4096;

    private byte[] _bytes = [];
    private int _count;
    private int _frameStart;
    private ulong _windowSize;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public ReadOnlySpan<byte> Frame => _bytes.AsSpan(_frameStart, _count - _frameStart);

    public int Count => _count;

    public void BeginFrame(ZstdFrameHeader header, int inputLength)
    {
        _frameStart = _count;
        _windowSize = header.WindowSize;
        if (header.ContentSize is not { } size)
            return;
        if (size > (ulong)(maxBytes - _count))
            throw ZstdFault.TooLarge();
        // A few bytes that promise a lot get memory only as they keep the promise.
        Reserve((int)Math.Min(size, Math.Max(FirstCapacity, (ulong)inputLength * 8)));
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    public void AppendRun(byte value, int count)
    {
        Reserve(count);
        _bytes.AsSpan(_count, count).Fill(value);
        _count += count;
    }

    /// <summary>Repeats what stands <paramref name="offset"/> bytes back; the two ranges may overlap.</summary>
    public void AppendMatch(uint offset, int length)
    {
        if (offset > (uint)(_count - _frameStart) || offset > _windowSize)
            throw ZstdFault.Corrupt("a match reaches back further than the window");
        Reserve(length);
        var bytes = _bytes;
        var from = _count - (int)offset;
        if (length <= (int)offset)
        {
            bytes.AsSpan(from, length).CopyTo(bytes.AsSpan(_count));
        }
        else
        {
            for (var i = 0; i < length; i++)
                bytes[_count + i] = bytes[from + i];
        }

        _count += length;
    }

    private void Reserve(int more)
    {
        if (more > maxBytes - _count)
            throw ZstdFault.TooLarge();
        var needed = _count + more;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(maxBytes, Math.Max(needed, Math.Max(FirstCapacity, _bytes.Length * 2L))));
    }
}
