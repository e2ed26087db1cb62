using System.Text.Json;
using Codex.Agent.Mcp;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Mcp;

/// <summary>What the model is given of a server's answer.</summary>
public sealed class McpResultTests
{
    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""", "a", "b")]
    [InlineData("""{"content":[],"structuredContent":{"a":[1]}}""", """{"a":[1]}""")]
    [InlineData("""{"content":[{"type":"resource","resource":{"uri":"file:///x","text":"inside"}}]}""", "inside")]
    [InlineData("""{"content":[{"type":"resource","resource":{"uri":"file:///x","blob":"QUJD"}}]}""", "[binary resource]")]
    [InlineData("""{"content":[{"type":"audio","data":"QUJD","mimeType":"audio/wav"}]}""", "[audio that cannot be played here]")]
    [InlineData("""{"content":[{"type":"resource_link","uri":"file:///y","name":"y"}]}""", """{"type":"resource_link","uri":"file:///y","name":"y"}""")]
    [InlineData("""{"content":[{"type":"image","data":"QUJD","mimeType":"image/gif"}]}""", "image: data:image/gif;base64,QUJD")]
    [InlineData("7")]
    [InlineData("{}")]
    public void Every_kind_of_content_becomes_text_or_an_image(string answer, params string[] expected) =>
        Show(McpResult.Read(Json(answer)).ForModel(TimeSpan.FromSeconds(0.5), 1000, _ => null)).ShouldBe(["Wall time: 0.5000 seconds\nOutput:", .. expected]);

    [Fact]
    public void Long_texts_are_cut_as_the_output_of_commands_is_and_kept_whole_in_a_file()
    {
        var saved = new List<string>();
        var answer = McpResult.Read(Json($$"""{"content":[{"type":"text","text":"{{new string('a', 36)}}"},{"type":"text","text":"{{new string('b', 400)}}"},{"type":"text","text":"c"}]}"""));

        var shown = Show(answer.ForModel(TimeSpan.Zero, 19, text =>
        {
            saved.Add(text);
            return $"/outputs/{saved.Count}.txt";
        }));

        shown[1..].ShouldBe(
        [
            new string('a', 36),
            "Warning: truncated output (original token count: 100)\nTotal output lines: 1\nWhole output: /outputs/1.txt\n\n" + new string('b', 20) + "…90 tokens truncated…" + new string('b', 20),
            "Warning: truncated output (original token count: 1)\nTotal output lines: 1\nWhole output: /outputs/2.txt\n\n…1 tokens truncated…",
        ]);
        saved.ShouldBe([new string('b', 400), "c"]);
    }

    [Fact]
    public void What_events_show_is_the_answer_itself()
    {
        var result = McpResult.Read(Json("""{"content":[{"type":"text","text":"a"}],"structuredContent":{"n":1},"_meta":{"k":"v"},"isError":true}"""));

        result.IsError.ShouldBeTrue();
        result.Told.GetRawText().ShouldBe("""{"content":[{"type":"text","text":"a"}],"structured_content":{"n":1},"_meta":{"k":"v"}}""");
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static List<string> Show(ToolResult result) => [.. result.Content.Select(c => c switch
    {
        ToolContent.Text text => text.Value,
        ToolContent.Image image => "image: " + image.DataUrl,
        _ => throw new InvalidOperationException(),
    })];
}
