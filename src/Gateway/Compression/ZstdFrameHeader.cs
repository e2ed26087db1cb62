using System.Buffers.Binary;

namespace Codex.Gateway.Compression;

/// <summary>RFC 8878, section 3.1.1.1.</summary>
/// <param name="Size">Bytes the header takes after the magic number.</param>
/// <param name="WindowSize">How far back a match may reach.</param>
internal sealed record ZstdFrameHeader(int Size, ulong WindowSize, ulong? ContentSize, bool HasChecksum)
{
    private const int LargestBlock = 128 * 1024;

    public int MaxBlockSize => (int)Math.Min(WindowSize, LargestBlock);

    public static ZstdFrameHeader Read(ReadOnlySpan<byte> input)
    {
        var position = 0;
        var descriptor = Take(input, ref position, 1)[0];
        var isSingleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0)
            throw ZstdFault.Corrupt("a reserved bit of the frame header is set");

        ulong window = 0;
        if (!isSingleSegment)
        {
            var code = Take(input, ref position, 1)[0];
            var power = 1UL << (10 + (code >> 3));
            window = power + (power / 8 * (code & 7u));
        }

        foreach (var part in Take(input, ref position, (descriptor & 3) switch { 3 => 4, var n => n }))
        {
            if (part != 0)
                throw ZstdFault.Corrupt("it needs a dictionary, which is not supported");
        }

        ulong? content = (descriptor >> 6) switch
        {
            0 when isSingleSegment => Take(input, ref position, 1)[0],
            0 => null,
            1 => BinaryPrimitives.ReadUInt16LittleEndian(Take(input, ref position, 2)) + 256UL,
            2 => BinaryPrimitives.ReadUInt32LittleEndian(Take(input, ref position, 4)),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(Take(input, ref position, 8)),
        };
        return new ZstdFrameHeader(position, isSingleSegment ? content!.Value : window, content, (descriptor & 0x04) != 0);
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> input, ref int position, int count)
    {
        if (input.Length - position < count)
            throw ZstdFault.Corrupt("the data ends inside a frame header");
        position += count;
        return input.Slice(position - count, count);
    }
}
