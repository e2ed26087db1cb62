using System.Numerics;
using System.Runtime.InteropServices;

namespace Codex.Gateway.Compression;

/// <summary>Prefix codes of literals (RFC 8878, section 4.2), looked up by as many bits as the longest code has.</summary>
internal sealed class HuffmanTable
{
    private const int LongestCode = 11;

    private const int MaxSymbols = 256;

    private readonly Entry[] _entries;
    private readonly int _maxBits;

    private HuffmanTable(Entry[] entries, int maxBits) => (_entries, _maxBits) = (entries, maxBits);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(byte Symbol, byte Bits);

    /// <summary>Fills <paramref name="output"/> from one stream, which must hold exactly that many symbols.</summary>
    public void Decode(ReadOnlySpan<byte> stream, Span<byte> output)
    {
        var bits = new ReverseBitReader(stream);
        for (var i = 0; i < output.Length; i++)
        {
            ref readonly var entry = ref _entries[bits.Peek(_maxBits)];
            output[i] = entry.Symbol;
            bits.Skip(entry.Bits);
        }

        if (bits.Left != 0)
            throw ZstdFault.Corrupt("a stream of literals has another length than declared");
    }

    /// <returns>The table and how many bytes its description took.</returns>
    public static (HuffmanTable Table, int Taken) Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            throw ZstdFault.Corrupt("the data ends before the table of literals");
        Span<byte> weights = stackalloc byte[MaxSymbols];
        int header = input[0];
        var taken = header < 128 ? header : (header - 127 + 1) / 2;
        if (input.Length - 1 < taken)
            throw ZstdFault.Corrupt("the data ends inside the table of literals");
        var count = header < 128
            ? ReadCompressedWeights(input.Slice(1, taken), weights)
            : ReadPlainWeights(input.Slice(1, taken), weights[..(header - 127)]);
        return (Build(weights, count), 1 + taken);
    }

    private static int ReadPlainWeights(ReadOnlySpan<byte> input, Span<byte> weights)
    {
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (byte)(i % 2 == 0 ? input[i / 2] >> 4 : input[i / 2] & 15);
        return weights.Length;
    }

    /// <summary>Two states take turns until the bits are used up (section 4.2.1.2).</summary>
    private static int ReadCompressedWeights(ReadOnlySpan<byte> input, Span<byte> weights)
    {
        var (table, taken) = FseTable.Read(input, maxAccuracyLog: 6, maxSymbol: 255);
        var bits = new ReverseBitReader(input[taken..]);
        var current = table.FirstState(ref bits);
        var other = table.FirstState(ref bits);
        if (bits.Left < 0)
            throw ZstdFault.Corrupt("the data ends inside the table of literals");
        var count = 0;
        while (true)
        {
            // The last weight is not written, so that there are 255 at most.
            if (count > MaxSymbols - 3)
                throw ZstdFault.Corrupt("the table of literals has too many symbols");
            weights[count++] = table.Symbol(current);
            current = table.NextState(current, ref bits);
            if (bits.Left < 0)
            {
                weights[count++] = table.Symbol(other);
                return count;
            }

            (current, other) = (other, current);
        }
    }

    /// <param name="weights">Has room for the last one, which follows from the others (section 4.2.1).</param>
    private static HuffmanTable Build(Span<byte> weights, int count)
    {
        var sum = 0;
        foreach (var weight in weights[..count])
        {
            if (weight > LongestCode)
                throw ZstdFault.Corrupt("the table of literals has a code that is too long");
            sum += (1 << weight) >> 1;
        }

        if (sum == 0)
            throw ZstdFault.Corrupt("the table of literals is empty");
        var maxBits = BitOperations.Log2((uint)sum) + 1;
        var rest = (1 << maxBits) - sum;
        if (maxBits > LongestCode || !BitOperations.IsPow2(rest))
            throw ZstdFault.Corrupt("the table of literals is not complete");
        weights[count++] = (byte)(BitOperations.Log2((uint)rest) + 1);

        var entries = new Entry[1 << maxBits];
        var position = 0;
        for (var weight = 1; weight <= maxBits; weight++)
        {
            for (var symbol = 0; symbol < count; symbol++)
            {
                if (weights[symbol] != weight)
                    continue;
                var width = 1 << (weight - 1);
                entries.AsSpan(position, width).Fill(new Entry((byte)symbol, (byte)(maxBits + 1 - weight)));
                position += width;
            }
        }

        return new HuffmanTable(entries, maxBits);
    }
}
