using System.Text.Json;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>One event of an answer, read back from its bytes by rules of its own: what a strict client would see.</summary>
internal sealed record SseEvent(string Type, JsonElement Data)
{
    public int Number(string key) => Data.GetProperty(key).GetInt32();

    public string Text(string key) => Data.GetProperty(key).GetString()!;

    public static IReadOnlyList<SseEvent> ReadAll(string text)
    {
        if (text.Length == 0)
            return [];
        text.ShouldEndWith("\n\n", customMessage: "the last event has no blank line");
        return [.. text[..^2].Split("\n\n").Select(ReadOne)];
    }

    private static SseEvent ReadOne(string block)
    {
        var lines = block.Split('\n');
        lines.Length.ShouldBe(2, $"an event is two lines: {block}");
        lines[0].ShouldStartWith("event: ");
        lines[1].ShouldStartWith("data: ");
        block.ShouldNotContain('\r');
        using var document = JsonDocument.Parse(lines[1]["data: ".Length..]);
        var data = document.RootElement.Clone();
        var type = lines[0]["event: ".Length..];
        data.GetProperty("type").GetString().ShouldBe(type);
        return new SseEvent(type, data);
    }
}
