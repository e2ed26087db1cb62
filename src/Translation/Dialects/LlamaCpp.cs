namespace Codex.Translation.Dialects;

/// <summary>
/// llama.cpp's server. Templates are strict: the system message first, then alternating roles; an unknown role is a
/// 400 or 500 (PR#20079, PR#20733). Newer builds send 200 early, so errors may come inside the stream (PR#23884).
/// </summary>
internal static class LlamaCpp
{
    public static readonly Dialect Value = new()
    {
        Name = "llamacpp",
        MergeUserMessages = true,
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never | ToolChoiceSupport.Required,
        SendsParallelToolCalls = true,
        FaultSigns =
        [
            // A 503, or the same inside a stream that has begun, where there is no status.
            new FaultSign(Status: null, "Loading model", FaultMeaning.Cold),
            new FaultSign(Status: null, "exceed_context_size_error", FaultMeaning.ContextTooLong),
        ],
    };
}
