using System.Buffers.Binary;
using System.Numerics;

namespace Codex.Gateway.Compression;

/// <summary>Reads bits from the end of the data to its start, as FSE and Huffman streams are written; beyond the start come zeros.</summary>
internal ref struct ReverseBitReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Bits not yet read; negative once zeros beyond the start were read.</summary>
    private int _left;

    public ReverseBitReader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[^1] == 0)
            throw ZstdFault.Corrupt("a bit stream has no end mark");
        _bytes = bytes;
        // The highest set bit of the last byte only marks where the stream ends.
        _left = (bytes.Length * 8) - 1 - BitOperations.LeadingZeroCount((uint)bytes[^1] << 24);
    }

    public readonly int Left => _left;

    /// <param name="count">0 to 32.</param>
    public uint Read(int count)
    {
        var value = Peek(count);
        _left -= count;
        return value;
    }

    public void Skip(int count) => _left -= count;

    public readonly uint Peek(int count)
    {
        var start = _left - count;
        if (start < 0)
            return _left <= 0 ? 0 : (uint)(BitsAt(0, _left) << -start);
        return (uint)BitsAt(start, count);
    }

    private readonly ulong BitsAt(int bit, int count)
    {
        var index = bit >> 3;
        var word = _bytes.Length - index >= 8
            ? BinaryPrimitives.ReadUInt64LittleEndian(_bytes[index..])
            : LastBytes(index);
        return (word >> (bit & 7)) & ((1UL << count) - 1);
    }

    private readonly ulong LastBytes(int index)
    {
        ulong word = 0;
        for (var i = _bytes.Length - 1; i >= index; i--)
            word = (word << 8) | _bytes[i];
        return word;
    }
}
