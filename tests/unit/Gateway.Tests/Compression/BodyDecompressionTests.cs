using System.IO.Compression;
using System.Text;
using Codex.Gateway.Compression;
using Codex.Gateway.Tests.Fixtures;

namespace Codex.Gateway.Tests.Compression;

public class BodyDecompressionTests
{
    private const int Plenty = 1024 * 1024;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"model":"demo","input":"hello"} """, 50)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    [InlineData("br,identity , gzip")]
    public void A_body_comes_out_as_it_went_in(string? encoding) =>
        BodyDecompression.Decompress(Compress(Body, encoding), encoding, Plenty).ShouldBeOfType<BodyDecompressed.Ok>().Bytes.ToArray().ShouldBe(Body);

    [Fact]
    public void Deflate_without_the_zlib_frame_is_understood() =>
        BodyDecompression.Decompress(Compress(Body, "raw"), "deflate", Plenty).ShouldBeOfType<BodyDecompressed.Ok>().Bytes.ToArray().ShouldBe(Body);

    [Fact]
    public void Zstd_inside_gzip_is_undone_in_order()
    {
        var zstd = FixtureFolders.ReadBytes("compression", "007_request_of_codex_at_level_3_with_declared_size", "input.zst");
        BodyDecompression.Decompress(Compress(zstd, "gzip"), "zstd, gzip", Plenty).ShouldBeOfType<BodyDecompressed.Ok>().Bytes.Length.ShouldBe(28992);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void The_limit_is_on_the_expanded_size(string encoding)
    {
        BodyDecompression.Decompress(Compress(Body, encoding), encoding, Body.Length).ShouldBeOfType<BodyDecompressed.Ok>();
        BodyDecompression.Decompress(Compress(Body, encoding), encoding, Body.Length - 1).ShouldBe(new BodyDecompressed.TooLarge(Body.Length - 1));
    }

    [Fact]
    public void The_limit_holds_for_zstd()
    {
        var zstd = FixtureFolders.ReadBytes("compression", "012_one_byte_repeated_over_several_blocks", "input.zst");
        BodyDecompression.Decompress(zstd, "zstd", 1000).ShouldBe(new BodyDecompressed.TooLarge(1000));
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("gzip, lz4")]
    public void Another_encoding_is_unsupported_and_named(string encoding) =>
        BodyDecompression.Decompress(Body, encoding, Plenty).ShouldBe(new BodyDecompressed.Unsupported(encoding.Split(", ")[^1]));

    [Fact]
    public void A_long_chain_of_encodings_is_refused() =>
        BodyDecompression.Decompress(Body, "gzip,gzip,gzip,gzip,gzip", Plenty).ShouldBeOfType<BodyDecompressed.Unsupported>();

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public void Bytes_of_something_else_are_corrupt(string encoding) =>
        BodyDecompression.Decompress(Body, encoding, Plenty).ShouldBeOfType<BodyDecompressed.Corrupt>().Encoding.ShouldBe(encoding);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void A_body_that_is_cut_is_corrupt(string encoding)
    {
        var whole = Compress(Body, encoding);
        foreach (var length in Enumerable.Range(0, whole.Length))
        {
            BodyDecompression.Decompress(whole.AsMemory(0, length), encoding, Plenty)
                .ShouldBeOfType<BodyDecompressed.Corrupt>($"{length} of {whole.Length} bytes");
        }
    }

    private static byte[] Compress(byte[] bytes, string? encodings)
    {
        foreach (var encoding in (encodings ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            using var buffer = new MemoryStream();
            using (Stream? stream = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(buffer, CompressionLevel.Fastest),
                "br" => new BrotliStream(buffer, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest),
                "raw" => new DeflateStream(buffer, CompressionLevel.Fastest),
                _ => null,
            })
            {
                if (stream is null)
                    continue;
                stream.Write(bytes);
            }

            bytes = buffer.ToArray();
        }

        return bytes;
    }
}
