namespace Codex.Translation.Dialects;

/// <summary>SGLang. The effort "max" crashes it (#33633), so the finer words become "high".</summary>
internal static class Sglang
{
    public static readonly Dialect Value = new()
    {
        Name = "sglang",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        Effort = Efforts.LowMediumHigh,
        SendsParallelToolCalls = true,
        // The grammar of the schema holds from the first token: no tool could be called.
        StructuredWithTools = false,
    };
}
