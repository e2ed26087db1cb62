namespace Codex.Translation.Dialects;

/// <summary>Volcengine Ark: an empty content string is refused where null is not; thinking is a switch.</summary>
internal static class Volcengine
{
    public static readonly Dialect Value = new()
    {
        Name = "volcengine",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        Effort = Efforts.ThinkingType,
        SendsParallelToolCalls = true,
        EmptyContentAsNull = true,
    };
}
