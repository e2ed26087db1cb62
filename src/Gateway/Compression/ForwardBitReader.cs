namespace Codex.Gateway.Compression;

/// <summary>Reads bits from the start, lowest first, as table descriptions are written.</summary>
internal ref struct ForwardBitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Whole bytes that were touched.</summary>
    public readonly int BytesTaken => (_position + 7) / 8;

    public uint Read(int count)
    {
        var value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>Beyond the end come zeros: a value may turn out to be shorter than what was looked at.</summary>
    /// <param name="count">0 to 16.</param>
    public readonly uint Peek(int count)
    {
        uint word = 0;
        for (var i = 2; i >= 0; i--)
        {
            var index = (_position >> 3) + i;
            word = (word << 8) | (index < _bytes.Length ? _bytes[index] : 0u);
        }

        return (word >> (_position & 7)) & ((1u << count) - 1);
    }

    public void Skip(int count)
    {
        _position += count;
        if (_position > _bytes.Length * 8)
            throw ZstdFault.Corrupt("the data ends inside a table");
    }
}
