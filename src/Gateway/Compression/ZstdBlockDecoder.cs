namespace Codex.Gateway.Compression;

/// <summary>Decodes the compressed blocks of one frame; tables and recent offsets live on from block to block.</summary>
internal sealed class ZstdBlockDecoder(ZstdOutput output, int maxBlockSize)
{
    private readonly LiteralsDecoder _literals = new(maxBlockSize);
    private readonly RecentOffsets _recent = new();
    private FseTable? _literalLengths;
    private FseTable? _offsets;
    private FseTable? _matchLengths;

    public void Decode(ReadOnlySpan<byte> block)
    {
        block = block[_literals.Decode(block, out var literals)..];
        var count = ReadSequenceCount(ref block);
        if (count == 0)
        {
            if (!block.IsEmpty)
                throw ZstdFault.Corrupt("a block without sequences has bytes left");
            output.Append(literals);
            return;
        }

        ReadTables(ref block);
        Execute(count, block, literals);
    }

    private static int ReadSequenceCount(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            throw ZstdFault.Corrupt("a block ends before its sequences");
        var taken = block[0] switch { < 128 => 1, < 255 => 2, _ => 3 };
        if (block.Length < taken)
            throw ZstdFault.Corrupt("a block ends before its sequences");
        var count = taken switch
        {
            1 => block[0],
            2 => ((block[0] - 128) << 8) + block[1],
            _ => block[1] + (block[2] << 8) + 0x7F00,
        };
        block = block[taken..];
        return count;
    }

    private void ReadTables(ref ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
            throw ZstdFault.Corrupt("a block ends before its tables");
        var modes = block[0];
        if ((modes & 3) != 0)
            throw ZstdFault.Corrupt("a reserved bit of the sequences is set");
        block = block[1..];
        _literalLengths = ReadTable(modes >> 6, ref block, _literalLengths, SequenceCodes.LiteralLengths, 9, SequenceCodes.MaxLiteralLengthCode);
        _offsets = ReadTable((modes >> 4) & 3, ref block, _offsets, SequenceCodes.Offsets, 8, SequenceCodes.MaxOffsetCode);
        _matchLengths = ReadTable((modes >> 2) & 3, ref block, _matchLengths, SequenceCodes.MatchLengths, 9, SequenceCodes.MaxMatchLengthCode);
    }

    private static FseTable ReadTable(int mode, ref ReadOnlySpan<byte> block, FseTable? last, FseTable predefined, int maxAccuracyLog, int maxSymbol)
    {
        switch (mode)
        {
            case 0:
                return predefined;
            case 1:
                if (block.IsEmpty || block[0] > maxSymbol)
                    throw ZstdFault.Corrupt("a block repeats a code that does not exist");
                var symbol = block[0];
                block = block[1..];
                return FseTable.OfOneSymbol(symbol);
            case 2:
                var (table, taken) = FseTable.Read(block, maxAccuracyLog, maxSymbol);
                block = block[taken..];
                return table;
            default:
                return last ?? throw ZstdFault.Corrupt("the first sequences refer to a table before them");
        }
    }

    private void Execute(int count, ReadOnlySpan<byte> stream, ReadOnlySpan<byte> literals)
    {
        var (literalLengths, offsets, matchLengths) = (_literalLengths!, _offsets!, _matchLengths!);
        var bits = new ReverseBitReader(stream);
        var literalState = literalLengths.FirstState(ref bits);
        var offsetState = offsets.FirstState(ref bits);
        var matchState = matchLengths.FirstState(ref bits);
        var blockStart = output.Count;
        while (true)
        {
            var offsetCode = offsets.Symbol(offsetState);
            var offsetValue = (1u << offsetCode) + bits.Read(offsetCode);
            var matchLength = SequenceCodes.ReadMatchLength(matchLengths.Symbol(matchState), ref bits);
            var literalLength = SequenceCodes.ReadLiteralLength(literalLengths.Symbol(literalState), ref bits);
            if (bits.Left < 0)
                throw ZstdFault.Corrupt("a block has fewer sequences than it declares");
            if (literalLength > literals.Length)
                throw ZstdFault.Corrupt("sequences use more literals than there are");
            if (output.Count - blockStart + literalLength + matchLength > maxBlockSize)
                throw ZstdFault.Corrupt("a block is larger than the frame allows");

            output.Append(literals[..literalLength]);
            literals = literals[literalLength..];
            output.AppendMatch(_recent.Resolve(offsetValue, literalLength), matchLength);
            if (--count == 0)
                break;
            literalState = literalLengths.NextState(literalState, ref bits);
            matchState = matchLengths.NextState(matchState, ref bits);
            offsetState = offsets.NextState(offsetState, ref bits);
        }

        if (bits.Left != 0)
            throw ZstdFault.Corrupt("a block has more sequences than it declares");
        if (output.Count - blockStart + literals.Length > maxBlockSize)
            throw ZstdFault.Corrupt("a block is larger than the frame allows");
        output.Append(literals);
    }
}
