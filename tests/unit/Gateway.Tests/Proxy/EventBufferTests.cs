using System.Buffers;
using System.Text;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Proxy;

public sealed class EventBufferTests
{
    [Theory]
    [InlineData("a\n\nbb\n\nccc\n\n", 100, "a\n\nbb\n\nccc\n\n")]
    [InlineData("a\n\nbb\n\nccc\n\n", 11, "a\n\nbb\n\n|ccc\n\n")]
    [InlineData("a\n\nbb\n\nccc\n\n", 7, "a\n\nbb\n\n|ccc\n\n")]
    [InlineData("a\n\nbb\n\nccc\n\n", 6, "a\n\n|bb\n\n|ccc\n\n")]
    [InlineData("aaaaaaaa\n\nb\n\n", 4, "aaaa|aaaa|\n\n|b\n\n")]
    public void A_read_takes_whole_events_unless_one_alone_is_too_long(string events, int room, string reads)
    {
        using var buffer = new EventBuffer();
        buffer.Write(Encoding.UTF8.GetBytes(events));
        var taken = new List<string>();
        var target = new byte[room];

        while (!buffer.IsEmpty)
            taken.Add(Encoding.UTF8.GetString(target, 0, buffer.Take(target)));

        string.Join('|', taken).ShouldBe(reads);
    }

    [Fact]
    public void Nothing_is_lost_or_reordered_when_writes_and_reads_alternate_and_memory_grows()
    {
        using var buffer = new EventBuffer();
        var written = new StringBuilder();
        var read = new StringBuilder();
        var target = new byte[5000];
        for (var i = 0; i < 3000; i++)
        {
            var one = $"{i} {new string('x', i * 37 % 4000)}\n\n";
            written.Append(one);
            buffer.Write(Encoding.UTF8.GetBytes(one));
            if (i % 3 == 0)
                read.Append(Encoding.UTF8.GetString(target, 0, buffer.Take(target)));
            if (i % 500 == 0)
            {
                while (!buffer.IsEmpty)
                    read.Append(Encoding.UTF8.GetString(target, 0, buffer.Take(target)));
            }
        }

        while (!buffer.IsEmpty)
            read.Append(Encoding.UTF8.GetString(target, 0, buffer.Take(target)));
        read.ToString().ShouldBe(written.ToString());
    }
}
