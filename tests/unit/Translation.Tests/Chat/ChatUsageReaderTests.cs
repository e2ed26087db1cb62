using System.Text;
using Codex.Translation.Chat;

namespace Codex.Translation.Tests.Chat;

public class ChatUsageReaderTests
{
    [Theory]
    [InlineData("{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}", 5, 7, 0, 0)]
    [InlineData("{\"prompt_tokens\":5}", 5, 0, 0, 0)]
    [InlineData("{\"input_tokens\":5,\"output_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":2},\"output_tokens_details\":{\"reasoning_tokens\":3}}", 5, 7, 2, 3)]
    [InlineData("{\"prompt_tokens\":5,\"completion_tokens\":7,\"prompt_tokens_details\":{\"audio_tokens\":1,\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":3}}", 5, 7, 2, 3)]
    [InlineData("{\"prompt_tokens\":9,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":6,\"prompt_cache_miss_tokens\":3}", 9, 1, 6, 0)]
    [InlineData("{\"prompt_tokens\":9,\"completion_tokens\":1,\"cached_tokens\":4}", 9, 1, 4, 0)]
    [InlineData("{\"prompt_tokens\":5,\"completion_tokens\":7,\"prompt_tokens_details\":null,\"completion_tokens_details\":[]}", 5, 7, 0, 0)]
    [InlineData("{\"prompt_tokens\":32,\"completion_tokens\":9,\"total_tokens\":135,\"completion_tokens_details\":{\"reasoning_tokens\":94}}", 32, 103, 0, 94)]
    [InlineData("{\"prompt_tokens\":32,\"completion_tokens\":9,\"completion_tokens_details\":{\"reasoning_tokens\":94}}", 32, 9, 0, 9)]
    [InlineData("{\"prompt_tokens\":5.0,\"completion_tokens\":-7}", 5, 0, 0, 0)]
    [InlineData("{\"prompt_tokens\":1e400,\"completion_tokens\":\"7\"}", int.MaxValue, 0, 0, 0)]
    public void Counts_are_read_under_every_name(string usage, long prompt, long completion, long cached, long reasoning) =>
        Read(usage).ShouldBe(new ChatUsage(prompt, completion, cached, reasoning));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{\"total_tokens\":5}")]
    [InlineData("{\"prompt_tokens\":null,\"completion_tokens\":null}")]
    public void No_counts_are_no_usage(string usage) => Read(usage).ShouldBeNull();

    private static ChatUsage? Read(string usage)
    {
        ChatChunkReader.TryRead(Encoding.UTF8.GetBytes($"{{\"usage\":{usage},\"choices\":[]}}"), out var chunk).ShouldBeTrue();
        return chunk.Usage;
    }
}
