namespace Codex.Gateway.Compression;

/// <summary>The last three offsets, which a sequence can name by number (RFC 8878, section 3.1.1.5).</summary>
internal sealed class RecentOffsets
{
    private uint _first = 1;
    private uint _second = 4;
    private uint _third = 8;

    /// <param name="value">1 to 3 name a recent offset; above, the offset is 3 less.</param>
    /// <param name="literalLength">Without literals the first recent offset would only prolong the match before, so the numbers move up by one.</param>
    public uint Resolve(uint value, int literalLength)
    {
        if (value > 3)
            return Remember(value - 3);
        switch (value + (literalLength == 0 ? 1 : 0))
        {
            case 1:
                return _first;
            case 2:
                (_first, _second) = (_second, _first);
                return _first;
            case 3:
                return Remember(_third);
            default:
                return _first > 1 ? Remember(_first - 1) : throw ZstdFault.Corrupt("a match has offset zero");
        }
    }

    private uint Remember(uint offset)
    {
        (_first, _second, _third) = (offset, _first, _second);
        return offset;
    }
}
