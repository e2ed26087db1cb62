using System.Numerics;
using System.Runtime.InteropServices;

namespace Codex.Gateway.Compression;

/// <summary>Decoding table of finite state entropy (RFC 8878, section 4.1).</summary>
internal sealed class FseTable
{
    private readonly Entry[] _entries;

    private FseTable(int accuracyLog, Entry[] entries) => (AccuracyLog, _entries) = (accuracyLog, entries);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(byte Symbol, byte Bits, ushort Base);

    public int AccuracyLog { get; }

    public byte Symbol(uint state) => _entries[state].Symbol;

    public uint FirstState(ref ReverseBitReader bits) => bits.Read(AccuracyLog);

    public uint NextState(uint state, ref ReverseBitReader bits)
    {
        ref readonly var entry = ref _entries[state];
        return entry.Base + bits.Read(entry.Bits);
    }

    /// <summary>A table that gives one symbol for ever and takes no bits.</summary>
    public static FseTable OfOneSymbol(byte symbol) => new(0, [new Entry(symbol, 0, 0)]);

    /// <param name="counts">Probabilities that sum up to 2^<paramref name="accuracyLog"/>; -1 stands for "less than one".</param>
    public static FseTable Build(ReadOnlySpan<short> counts, int accuracyLog)
    {
        var size = 1 << accuracyLog;
        var entries = new Entry[size];
        Span<ushort> next = stackalloc ushort[counts.Length];
        var high = size;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            next[symbol] = (ushort)Math.Abs((int)counts[symbol]);
            if (counts[symbol] == -1)
                entries[--high] = new Entry((byte)symbol, 0, 0);
        }

        var step = (size >> 1) + (size >> 3) + 3;
        var position = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            for (var i = 0; i < counts[symbol]; i++)
            {
                entries[position] = new Entry((byte)symbol, 0, 0);
                do
                    position = (position + step) & (size - 1);
                while (position >= high);
            }
        }

        for (var state = 0; state < size; state++)
        {
            var symbol = entries[state].Symbol;
            var number = next[symbol]++;
            var bits = accuracyLog - BitOperations.Log2(number);
            entries[state] = new Entry(symbol, (byte)bits, (ushort)((number << bits) - size));
        }

        return new FseTable(accuracyLog, entries);
    }

    /// <summary>Reads a table description (section 4.1.1).</summary>
    /// <returns>The table and how many bytes its description took.</returns>
    public static (FseTable Table, int Taken) Read(ReadOnlySpan<byte> input, int maxAccuracyLog, int maxSymbol)
    {
        var bits = new ForwardBitReader(input);
        var accuracyLog = (int)bits.Read(4) + 5;
        if (accuracyLog > maxAccuracyLog)
            throw ZstdFault.Corrupt("a table is more accurate than allowed");

        Span<short> counts = stackalloc short[maxSymbol + 1];
        var symbols = 0;
        var remaining = 1 << accuracyLog;
        while (remaining > 0)
        {
            if (symbols > maxSymbol)
                throw ZstdFault.Corrupt("a table has too many symbols");
            var count = ReadCount(ref bits, remaining);
            remaining -= Math.Abs(count);
            counts[symbols++] = (short)count;
            if (count == 0)
                symbols += ReadZeroes(ref bits);
        }

        return symbols <= maxSymbol + 1
            ? (Build(counts[..symbols], accuracyLog), bits.BytesTaken)
            : throw ZstdFault.Corrupt("a table has too many symbols");
    }

    /// <summary>A value from 0 to remaining + 1, small ones in a bit less; what it stands for is one lower.</summary>
    private static int ReadCount(ref ForwardBitReader bits, int remaining)
    {
        var width = BitOperations.Log2((uint)remaining + 1) + 1;
        var lowMask = (1 << (width - 1)) - 1;
        var spare = (1 << width) - 1 - (remaining + 1);
        var value = (int)bits.Peek(width);
        if ((value & lowMask) < spare)
        {
            bits.Skip(width - 1);
            return (value & lowMask) - 1;
        }

        bits.Skip(width);
        return (value > lowMask ? value - spare : value) - 1;
    }

    private static int ReadZeroes(ref ForwardBitReader bits)
    {
        var total = 0;
        uint more;
        do
        {
            more = bits.Read(2);
            total += (int)more;
        }
        while (more == 3);
        return total;
    }
}
