using System.ComponentModel;
using System.Diagnostics;
using Codex.Gateway.Compression;

namespace Codex.Gateway.Tests.Compression;

/// <summary>Compares with the reference implementation on contents that would be too many or too large for fixtures.</summary>
public class ZstdCommandTests
{
    public static TheoryData<string> Levels()
    {
        var levels = new TheoryData<string>();
        foreach (var level in Enumerable.Range(1, 19))
            levels.Add($"-{level}");
        foreach (var other in (string[])["--fast=3", "--ultra -22", "-3 --long=24", "-12 --no-check"])
            levels.Add(other);
        return levels;
    }

    [SkippableTheory]
    [MemberData(nameof(Levels))]
    public async Task Whatever_the_zstd_command_packs_is_unpacked(string arguments)
    {
        var random = new Random(arguments.Sum(c => c));
        foreach (var size in (int[])[10, 900, 40_000, 3_000_000])
        {
            var content = Content(random, size);
            var packed = await PackAsync(content, arguments);
            ZstdDecoder.Decode(packed, size).ShouldBeOfType<ZstdDecoding.Ok>().Bytes.Span.SequenceEqual(content).ShouldBeTrue($"{size} bytes");
        }
    }

    /// <summary>Letters, noise, runs and repeats of what came before, near and far.</summary>
    private static byte[] Content(Random random, int size)
    {
        var content = new byte[size];
        for (var count = 0; count < size;)
        {
            var part = content.AsSpan(count, Math.Min(size - count, 1 + random.Next(1 << random.Next(1, 16))));
            switch (random.Next(5))
            {
                case 0:
                    random.NextBytes(part);
                    break;
                case 1:
                    part.Fill((byte)random.Next(256));
                    break;
                case 2 when count > 0:
                    var from = random.Next(count);
                    for (var i = 0; i < part.Length; i++)
                        part[i] = content[from + i];
                    break;
                default:
                    for (var i = 0; i < part.Length; i++)
                        part[i] = (byte)"etaoin shrdlu{}\":,"[(int)(18 * random.NextDouble() * random.NextDouble())];
                    break;
            }

            count += part.Length;
        }

        return content;
    }

    private static async Task<byte[]> PackAsync(byte[] content, string arguments)
    {
        using var zstd = Start(arguments);
        Skip.If(zstd is null, "skipped, because the zstd command is not installed");
        var output = new MemoryStream();
        var reading = zstd.StandardOutput.BaseStream.CopyToAsync(output);
        await zstd.StandardInput.BaseStream.WriteAsync(content);
        zstd.StandardInput.Close();
        await reading;
        await zstd.WaitForExitAsync();
        return output.ToArray();
    }

    private static Process? Start(string arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("zstd", $"-q -c {arguments}")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
