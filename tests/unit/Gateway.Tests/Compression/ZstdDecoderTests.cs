using System.Globalization;
using System.Security.Cryptography;
using Codex.Gateway.Compression;
using Codex.Gateway.Tests.Fixtures;

namespace Codex.Gateway.Tests.Compression;

public class ZstdDecoderTests
{
    private const int Plenty = 64 * 1024 * 1024;

    public static TheoryData<string> Names() => FixtureFolders.NamesOf("compression");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_made_by_zstd_gives_the_bytes_it_was_made_of(string name)
    {
        var expected = Expected(name);
        var bytes = ZstdDecoder.Decode(Input(name), Plenty).ShouldBeOfType<ZstdDecoding.Ok>().Bytes;
        bytes.Length.ShouldBe(expected.Length);
        Convert.ToHexStringLower(SHA256.HashData(bytes.Span)).ShouldBe(expected.Hash);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_may_be_exactly_as_large_as_the_limit_and_no_byte_larger(string name)
    {
        var length = Expected(name).Length;
        ZstdDecoder.Decode(Input(name), length).ShouldBeOfType<ZstdDecoding.Ok>();
        if (length > 0)
            ZstdDecoder.Decode(Input(name), length - 1).ShouldBeOfType<ZstdDecoding.TooLarge>();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_that_is_cut_anywhere_is_corrupt_unless_a_frame_ends_there(string name)
    {
        var input = Input(name);
        var whole = ((ZstdDecoding.Ok)ZstdDecoder.Decode(input, Plenty)).Bytes;
        for (var length = 0; length < input.Length; length += Step(input))
        {
            if (ZstdDecoder.Decode(input.AsSpan(0, length), Plenty) is not ZstdDecoding.Ok ok)
                continue;
            name.ShouldContain("two_frames", customMessage: $"cut at {length}");
            whole.Span.StartsWith(ok.Bytes.Span).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flipped_bit_never_gives_wrong_bytes_where_there_is_a_checksum_and_never_throws(string name)
    {
        var input = Input(name);
        var whole = ((ZstdDecoding.Ok)ZstdDecoder.Decode(input, Plenty)).Bytes;
        var random = new Random(8878);
        for (var i = 0; i < 400 / Step(input); i++)
        {
            var damaged = (byte[])input.Clone();
            var bit = random.Next(input.Length * 8);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            if (ZstdDecoder.Decode(damaged, 1024 * 1024) is ZstdDecoding.Ok ok && HasChecksum(name, bit))
                ok.Bytes.Span.SequenceEqual(whole.Span).ShouldBeTrue($"bit {bit}");
        }
    }

    [Fact]
    public void Random_bytes_behind_a_valid_header_never_throw()
    {
        var random = new Random(254);
        for (var i = 0; i < 10_000; i++)
        {
            var size = random.Next(3, 200);
            var block = new byte[size];
            random.NextBytes(block);
            // Magic, descriptor without size or checksum, a window of 128 KiB, one last compressed block.
            byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, (byte)((size << 3) | 5), (byte)(size >> 5), 0, .. block];
            ZstdDecoder.Decode(frame, 300_000).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("", "there is no data")]
    [InlineData("28B52F", "the data ends inside a frame's first bytes")]
    [InlineData("1F8B080000000000", "a frame does not begin as zstd does")]
    [InlineData("28B52FFD", "the data ends inside a frame header")]
    [InlineData("28B52FFD6001", "the data ends inside a frame header")]
    [InlineData("28B52FFD0838", "a reserved bit of the frame header is set")]
    [InlineData("28B52FFD010038", "it needs a dictionary, which is not supported")]
    [InlineData("28B52FFD0038", "the data ends before the last block")]
    [InlineData("28B52FFD0038070000", "a block is of the reserved type")]
    [InlineData("28B52FFD003803FFFF", "a block is larger than the frame allows")]
    [InlineData("28B52FFD20051900006162", "the data ends inside a block")]
    [InlineData("28B52FFD20051100006162", "a frame holds another number of bytes than it declares")]
    [InlineData("502A4D1805000000AA", "the data ends inside a skippable frame")]
    public void What_contradicts_the_format_is_named(string hex, string reason) =>
        ZstdDecoder.Decode(Convert.FromHexString(hex), Plenty).ShouldBe(new ZstdDecoding.Corrupt(reason));

    [Fact]
    public void A_wrong_checksum_is_found()
    {
        var input = Input("001_text_at_the_fastest_level");
        input[^1] ^= 1;
        ZstdDecoder.Decode(input, Plenty).ShouldBe(new ZstdDecoding.Corrupt("the checksum does not match"));
    }

    [Fact]
    public void A_small_frame_that_declares_gigabytes_is_too_large_at_once() =>
        ZstdDecoder.Decode(Convert.FromHexString("28B52FFDE0000000000100000001000061"), Plenty).ShouldBeOfType<ZstdDecoding.TooLarge>();

    private static byte[] Input(string name) => FixtureFolders.ReadBytes("compression", name, "input.zst");

    private static (string Hash, int Length) Expected(string name)
    {
        var parts = System.Text.Encoding.ASCII.GetString(FixtureFolders.ReadBytes("compression", name, "sha256.txt")).Split(' ', '\n');
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A flip in the first bytes can switch the checksum off or turn a frame into a skippable one.</summary>
    private static bool HasChecksum(string name, int bit) => !name.Contains("without_checksum") && !name.Contains("skippable") && bit >= 5 * 8;

    /// <summary>Some hundred places of each input; the larger, the fewer flips, since each decodes the whole.</summary>
    private static int Step(byte[] input) => 1 + (input.Length / 400);
}
