using System.Collections.Immutable;

namespace Codex.Gateway.Compression;

/// <summary>What the codes of sequences stand for, and the tables that need no description (RFC 8878, section 3.1.1.3.2).</summary>
internal static class SequenceCodes
{
    public const int MaxLiteralLengthCode = 35;

    public const int MaxMatchLengthCode = 52;

    /// <summary>Offsets of 2^31 and more cannot occur in data that fits in memory here.</summary>
    public const int MaxOffsetCode = 31;

    public static readonly FseTable LiteralLengths = FseTable.Build(
        [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1], 6);

    public static readonly FseTable MatchLengths = FseTable.Build(
        [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ],
        6);

    public static readonly FseTable Offsets = FseTable.Build(
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1], 5);

    /// <summary>Bits that follow each code; the ranges of values lie side by side, from 0 and from 3.</summary>
    private static readonly ImmutableArray<byte> LiteralLengthBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private static readonly ImmutableArray<byte> MatchLengthBits =
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        ];

    private static readonly ImmutableArray<int> LiteralLengthBases = Bases(LiteralLengthBits, 0);

    private static readonly ImmutableArray<int> MatchLengthBases = Bases(MatchLengthBits, 3);

    public static int ReadLiteralLength(byte code, ref ReverseBitReader bits) => LiteralLengthBases[code] + (int)bits.Read(LiteralLengthBits[code]);

    public static int ReadMatchLength(byte code, ref ReverseBitReader bits) => MatchLengthBases[code] + (int)bits.Read(MatchLengthBits[code]);

    private static ImmutableArray<int> Bases(ImmutableArray<byte> bits, int first)
    {
        var bases = ImmutableArray.CreateBuilder<int>(bits.Length);
        foreach (var count in bits)
        {
            bases.Add(first);
            first += 1 << count;
        }

        return bases.MoveToImmutable();
    }
}
