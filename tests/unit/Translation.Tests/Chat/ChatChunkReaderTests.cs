using System.Text;
using Codex.Translation.Chat;

namespace Codex.Translation.Tests.Chat;

public class ChatChunkReaderTests
{
    [Theory]
    [InlineData("{\"delta\":{\"content\":\"a\"}}", "a", null)]
    [InlineData("{\"delta\":{\"content\":\"a\"},\"text\":null}", "a", null)]
    [InlineData("{\"text\":\"a\",\"finish_reason\":null}", "a", null)]
    [InlineData("{\"delta\":{\"content\":null,\"reasoning\":\"r\",\"reasoning_content\":null}}", null, "r")]
    [InlineData("{\"delta\":{\"content\":\"\",\"reasoning_content\":\"\"}}", null, null)]
    [InlineData("{\"delta\":{\"content\":[\"a\",{\"type\":\"text\",\"text\":\"b\"},{\"text\":5},7]}}", "ab", null)]
    [InlineData("{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"text\":\"r\"},\"x\"]}]}}", null, "r")]
    [InlineData("{\"delta\":{\"content\":{\"text\":\"a\"},\"reasoning\":{\"text\":\"r\"}}}", null, null)]
    [InlineData("{\"delta\":{\"reasoning_details\":[{\"text\":\"r\"},{\"summary\":\"s\"},{\"data\":\"x\"},5]}}", null, "rs")]
    [InlineData("{\"message\":{\"content\":\"a\"}}", "a", null)]
    [InlineData("{\"delta\":[],\"message\":null}", null, null)]
    [InlineData("null", null, null)]
    public void Words_are_found_in_every_form_of_a_choice(string choice, string? content, string? reasoning)
    {
        var chunk = Read($"{{\"choices\":[{choice}]}}");
        chunk.Content.ShouldBe(content);
        chunk.Reasoning.ShouldBe(reasoning);
        chunk.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}", 1, "a", "f", "{")]
    [InlineData("{\"index\":\"2\",\"id\":7,\"function\":{\"name\":\"f\"}}", 2, "7", "f", null)]
    [InlineData("{\"index\":null,\"id\":null,\"function\":{\"name\":null,\"arguments\":null}}", null, null, null, null)]
    [InlineData("{\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"\"}}", null, null, null, "")]
    [InlineData("{\"name\":\"f\",\"arguments\":{\"a\": 1}}", null, null, "f", "{\"a\": 1}")]
    [InlineData("{\"custom\":{\"name\":\"f\",\"input\":\"x\"}}", null, null, "f", "x")]
    [InlineData("{\"index\":1.5,\"function\":\"f\"}", null, null, null, null)]
    public void A_piece_of_a_call_is_read_in_every_form(string call, int? index, string? id, string? name, string? arguments)
    {
        var expected = new ToolCallDelta(Position: 0, index, id, name, arguments);
        Read($"{{\"choices\":[{{\"delta\":{{\"tool_calls\":[{call}]}}}}]}}").ToolCalls.ShouldBe([expected]);
        Read($"{{\"choices\":[{{\"delta\":{{\"tool_calls\":{call},\"function_call\":null}}}}]}}").ToolCalls.ShouldBe([expected]);
    }

    [Theory]
    [InlineData("\"stop\"", "stop")]
    [InlineData("\"length\"", "length")]
    [InlineData("\"weird\"", "weird")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("0", null)]
    public void A_finish_reason_is_a_word(string json, string? reason) =>
        Read($"{{\"choices\":[{{\"delta\":{{}},\"finish_reason\":{json}}}]}}").FinishReason.ShouldBe(reason);

    [Fact]
    public void Only_the_first_choice_counts() =>
        Read("{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}")
            .ShouldBe(new ChatChunk { Content = "a", HasChoice = true });

    [Theory]
    [InlineData("{\"usage\":{\"prompt_tokens\":1},\"choices\":[]}", false)]
    [InlineData("{\"usage\":{\"prompt_tokens\":1},\"choices\":null}", false)]
    [InlineData("{\"usage\":{\"prompt_tokens\":1},\"choices\":[{\"delta\":{}}]}", true)]
    public void A_chunk_of_nothing_but_usage_is_known_as_one(string json, bool hasChoice) => Read(json).HasChoice.ShouldBe(hasChoice);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]")]
    [InlineData("nonsense")]
    public void What_is_no_JSON_is_not_read(string json) => ChatChunkReader.TryRead(Encoding.UTF8.GetBytes(json), out _).ShouldBeFalse();

    private static ChatChunk Read(string json)
    {
        ChatChunkReader.TryRead(Encoding.UTF8.GetBytes(json), out var chunk).ShouldBeTrue();
        return chunk;
    }
}
