using System.Text;
using Codex.Agent.Processes;

namespace Codex.Agent.Tests.Processes;

public sealed class OutputBufferTests
{
    [Theory]
    [InlineData(10, "0123456789", "0123456789")]
    [InlineData(10, "0123456789ABCDEF", "01234\n... 6 bytes omitted ...\nBCDEF")]
    [InlineData(9, "0123456789", "0123\n... 1 bytes omitted ...\n56789")]
    [InlineData(10, "0123é6789012345", "0123\n... 7 bytes omitted ...\n12345")]
    [InlineData(10, "0123456789é1234", "01234\n... 7 bytes omitted ...\n1234")]
    public void A_long_output_keeps_its_ends(int limit, string all, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(all);
        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            var buffer = new OutputBuffer(limit);
            foreach (var part in bytes.Chunk(piece))
                buffer.Append(part);

            buffer.Take().ShouldBe(expected, $"in pieces of {piece}");
        }
    }

    [Fact]
    public void What_was_taken_is_forgotten()
    {
        var buffer = new OutputBuffer(4);
        buffer.Append("abcdefgh"u8);
        buffer.Take().ShouldBe("ab\n... 4 bytes omitted ...\ngh");

        buffer.Append("ijkl"u8);

        buffer.Take().ShouldBe("ijkl");
    }

    [Fact]
    public void A_character_in_two_pieces_waits_for_its_end()
    {
        var buffer = new OutputBuffer();
        var bytes = Encoding.UTF8.GetBytes("a€");
        buffer.Append(bytes.AsSpan(0, 3));
        buffer.Take(isLast: false).ShouldBe("a");

        buffer.Append(bytes.AsSpan(3));

        buffer.Take(isLast: false).ShouldBe("€");
    }

    [Fact]
    public void What_is_no_text_is_shown_as_such()
    {
        var buffer = new OutputBuffer();
        buffer.Append([0xFF, (byte)'a', 0xC3]);

        buffer.Take().ShouldBe("�a�");
    }

    [Fact]
    public void A_large_output_needs_little_memory()
    {
        var buffer = new OutputBuffer();
        var line = Encoding.UTF8.GetBytes(new string('x', 1023) + "\n");
        for (var i = 0; i < 100_000; i++)
            buffer.Append(line);

        var text = buffer.Take();

        text.Length.ShouldBe(OutputBuffer.DefaultLimit + "\n... 101351424 bytes omitted ...\n".Length);
        text.ShouldContain("\n... 101351424 bytes omitted ...\n");
    }
}
