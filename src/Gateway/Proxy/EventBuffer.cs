using System.Buffers;

namespace Codex.Gateway.Proxy;

/// <summary>Events written but not yet taken; memory comes from the shared pool, and goes back as soon as all are taken.</summary>
internal sealed class EventBuffer : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 4 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Bytes written but not yet taken.</summary>
    public int Length => _end - _start;

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>A stream that waits for its backend holds no memory here; there may be very many of them.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    /// <summary>
    /// Moves as many whole events as fit into <paramref name="target"/>: some clients lose events that straddle
    /// two reads. Only an event that alone is longer than the target is split.
    /// </summary>
    public int Take(Span<byte> target)
    {
        var pending = _bytes.AsSpan(_start, _end - _start);
        if (pending.Length > target.Length)
        {
            var fitting = pending[..target.Length];
            var boundary = fitting.LastIndexOf("\n\n"u8);
            pending = boundary < 0 ? fitting : fitting[..(boundary + 2)];
        }

        pending.CopyTo(target);
        _start += pending.Length;
        if (IsEmpty)
            Clear();
        return pending.Length;
    }

    /// <summary>Forgets what was written after the length was this.</summary>
    public void CutBackTo(int length)
    {
        _end = _start + length;
        if (IsEmpty)
            Clear();
    }

    public void Dispose() => Clear();

    private void MakeRoom(int size)
    {
        if (_bytes.Length - _end >= size)
            return;
        var pending = _end - _start;
        if (_bytes.Length - pending >= size && _start >= pending)
        {
            _bytes.AsSpan(_start, pending).CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_bytes.Length * 2, pending + size), SmallestRent));
            _bytes.AsSpan(_start, pending).CopyTo(larger);
            if (_bytes.Length > 0)
                ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        (_start, _end) = (0, pending);
    }
}
