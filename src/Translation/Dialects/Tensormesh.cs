namespace Codex.Translation.Dialects;

/// <summary>Tensormesh serverless: vLLM-like; scale-to-zero models answer 503 until they are up.</summary>
internal static class Tensormesh
{
    public static readonly Dialect Value = new()
    {
        Name = "tensormesh",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        NotFoundWhenCold = true,
        FaultSigns = [new FaultSign(503, "", FaultMeaning.Cold)],
    };
}
