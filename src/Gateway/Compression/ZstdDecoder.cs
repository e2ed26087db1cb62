using System.Buffers.Binary;

namespace Codex.Gateway.Compression;

/// <summary>
/// Decodes Zstandard (RFC 8878): any number of frames, skippable frames, every block type, content checksums.
/// Dictionaries are not supported: clients of this protocol have no way to agree on one.
/// </summary>
public static class ZstdDecoder
{
    private const uint FrameMagic = 0xFD2FB528;

    private const uint SkippableMagic = 0x184D2A50;

    private const uint SkippableMask = 0xFFFFFFF0;

    /// <param name="maxOutput">Bytes that may come out of all frames together.</param>
    public static ZstdDecoding Decode(ReadOnlySpan<byte> input, int maxOutput)
    {
        var output = new ZstdOutput(maxOutput);
        try
        {
            if (input.IsEmpty)
                throw ZstdFault.Corrupt("there is no data");
            while (!input.IsEmpty)
            {
                var magic = ReadMagic(input);
                input = (magic & SkippableMask) == SkippableMagic ? SkipFrame(input) : DecodeFrame(magic, input, output);
            }

            return new ZstdDecoding.Ok(output.Written);
        }
        catch (ZstdFault fault)
        {
            return fault.Outcome;
        }
    }

    private static uint ReadMagic(ReadOnlySpan<byte> input) =>
        input.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(input) : throw ZstdFault.Corrupt("the data ends inside a frame's first bytes");

    private static ReadOnlySpan<byte> SkipFrame(ReadOnlySpan<byte> input)
    {
        if (input.Length < 8)
            throw ZstdFault.Corrupt("the data ends inside a skippable frame");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(input[4..]);
        return size <= input.Length - 8 ? input[(int)(8 + size)..] : throw ZstdFault.Corrupt("the data ends inside a skippable frame");
    }

    private static ReadOnlySpan<byte> DecodeFrame(uint magic, ReadOnlySpan<byte> input, ZstdOutput output)
    {
        if (magic != FrameMagic)
            throw ZstdFault.Corrupt("a frame does not begin as zstd does");
        var header = ZstdFrameHeader.Read(input[4..]);
        output.BeginFrame(header, input.Length);
        input = input[(4 + header.Size)..];

        var block = new ZstdBlockDecoder(output, header.MaxBlockSize);
        bool isLast;
        do
        {
            if (input.Length < 3)
                throw ZstdFault.Corrupt("the data ends before the last block");
            var bits = input[0] | (input[1] << 8) | (input[2] << 16);
            isLast = (bits & 1) != 0;
            input = input[3..];
            input = input[DecodeBlock((bits >> 1) & 3, bits >> 3, input, output, block, header.MaxBlockSize)..];
        }
        while (!isLast);

        var content = output.Frame;
        if (header.ContentSize is { } size && size != (ulong)content.Length)
            throw ZstdFault.Corrupt("a frame holds another number of bytes than it declares");
        if (!header.HasChecksum)
            return input;
        if (input.Length < 4)
            throw ZstdFault.Corrupt("the data ends inside the checksum");
        if (BinaryPrimitives.ReadUInt32LittleEndian(input) != (uint)XxHash64.Hash(content))
            throw ZstdFault.Corrupt("the checksum does not match");
        return input[4..];
    }

    /// <returns>How many bytes of input the block's content took.</returns>
    private static int DecodeBlock(int type, int size, ReadOnlySpan<byte> input, ZstdOutput output, ZstdBlockDecoder block, int maxBlockSize)
    {
        if (size > maxBlockSize)
            throw ZstdFault.Corrupt("a block is larger than the frame allows");
        var taken = type == 1 ? 1 : size;
        if (input.Length < taken)
            throw ZstdFault.Corrupt("the data ends inside a block");
        switch (type)
        {
            case 0:
                output.Append(input[..size]);
                break;
            case 1:
                output.AppendRun(input[0], size);
                break;
            case 2:
                block.Decode(input[..size]);
                break;
            default:
                throw ZstdFault.Corrupt("a block is of the reserved type");
        }

        return taken;
    }
}
