namespace Codex.Translation.Dialects;

/// <summary>Volcengine Ark: empty content must be a list of parts; thinking is a switch.</summary>
internal static class Volcengine
{
    public static readonly Dialect Value = new()
    {
        Name = "volcengine",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        Effort = Efforts.ThinkingType,
        SendsParallelToolCalls = true,
        EmptyContent = EmptyContent.Parts,
    };
}
