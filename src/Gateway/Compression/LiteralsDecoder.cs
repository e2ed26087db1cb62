using System.Buffers.Binary;

namespace Codex.Gateway.Compression;

/// <summary>Decodes the first half of a block (RFC 8878, section 3.1.1.3.1); a frame's blocks may share one table.</summary>
internal sealed class LiteralsDecoder(int maxBlockSize)
{
    private byte[] _literals = [];
    private HuffmanTable? _table;

    /// <returns>How many bytes of the block the literals took.</returns>
    public int Decode(ReadOnlySpan<byte> block, out ReadOnlySpan<byte> literals)
    {
        if (block.IsEmpty)
            throw ZstdFault.Corrupt("a block is empty");
        var type = block[0] & 3;
        var format = (block[0] >> 2) & 3;
        return type < 2 ? DecodePlain(block, type == 1, format, out literals) : DecodeCoded(block, type == 3, format, out literals);
    }

    private int DecodePlain(ReadOnlySpan<byte> block, bool isRun, int format, out ReadOnlySpan<byte> literals)
    {
        var (header, shift) = format switch { 1 => (2, 4), 3 => (3, 4), _ => (1, 3) };
        var size = (int)(ReadHeader(block, header) >> shift);
        CheckSize(size);
        var taken = header + (isRun ? 1 : size);
        if (block.Length < taken)
            throw ZstdFault.Corrupt("a block ends inside its literals");
        if (isRun)
        {
            var buffer = Buffer(size);
            buffer.Fill(block[header]);
            literals = buffer;
        }
        else
        {
            literals = block.Slice(header, size);
        }

        return taken;
    }

    private int DecodeCoded(ReadOnlySpan<byte> block, bool usesLastTable, int format, out ReadOnlySpan<byte> literals)
    {
        var (header, sizeBits) = format switch { 2 => (4, 14), 3 => (5, 18), _ => (3, 10) };
        var fields = ReadHeader(block, header) >> 4;
        var size = (int)(fields & ((1UL << sizeBits) - 1));
        var codedSize = (int)(fields >> sizeBits);
        CheckSize(size);
        if (block.Length < header + codedSize)
            throw ZstdFault.Corrupt("a block ends inside its literals");

        var coded = block.Slice(header, codedSize);
        if (!usesLastTable)
        {
            (_table, var taken) = HuffmanTable.Read(coded);
            coded = coded[taken..];
        }

        var table = _table ?? throw ZstdFault.Corrupt("the first literals refer to a table before them");
        var buffer = Buffer(size);
        if (format == 0)
            table.Decode(coded, buffer);
        else
            DecodeFourStreams(table, coded, buffer);
        literals = buffer;
        return header + codedSize;
    }

    private static void DecodeFourStreams(HuffmanTable table, ReadOnlySpan<byte> coded, Span<byte> output)
    {
        const int JumpTable = 6;
        var quarter = (output.Length + 3) / 4;
        if (coded.Length < JumpTable || output.Length < quarter * 3)
            throw ZstdFault.Corrupt("literals are too short for four streams");
        var streams = coded[JumpTable..];
        for (var i = 0; i < 3; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(coded[(i * 2)..]);
            if (length > streams.Length)
                throw ZstdFault.Corrupt("a stream of literals reaches beyond the block");
            table.Decode(streams[..length], output.Slice(i * quarter, quarter));
            streams = streams[length..];
        }

        table.Decode(streams, output[(quarter * 3)..]);
    }

    private static ulong ReadHeader(ReadOnlySpan<byte> block, int size)
    {
        if (block.Length < size)
            throw ZstdFault.Corrupt("a block ends inside the header of its literals");
        ulong value = 0;
        for (var i = size - 1; i >= 0; i--)
            value = (value << 8) | block[i];
        return value;
    }

    private void CheckSize(int size)
    {
        if (size > maxBlockSize)
            throw ZstdFault.Corrupt("a block has more literals than the frame allows");
    }

    private Span<byte> Buffer(int size)
    {
        if (_literals.Length < size)
            _literals = new byte[size];
        return _literals.AsSpan(0, size);
    }
}
