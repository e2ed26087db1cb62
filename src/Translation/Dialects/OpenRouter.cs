namespace Codex.Translation.Dialects;

/// <summary>
/// OpenRouter: a <c>reasoning</c> object in, <c>reasoning_details</c> out, which must go back unchanged. Comment lines
/// keep the connection open; errors come as data inside a 200 stream, or as finish reason "error" in a choice.
/// </summary>
internal static class OpenRouter
{
    public static readonly Dialect Value = new()
    {
        Name = "openrouter",
        ReasoningReplayField = "reasoning",
        ReasoningReplay = ReasoningReplay.Always,
        ReplaysReasoningDetails = true,
        Effort = new EffortForm("reasoning.effort", Efforts.Map(("max", "xhigh"), ("ultra", "xhigh")), PassOthers: true),
        SendsParallelToolCalls = true,
        SendsStrict = true,
        TakesFiles = true,
        TakesAudio = true,
        // MuiseDestiny/zotero-gpt#483
        FaultSigns = [new FaultSign(400, "is not a valid model ID", FaultMeaning.UnknownModel)],
        Fields = SamplingFields.Common | SamplingFields.TopLogprobs | SamplingFields.User | SamplingFields.PromptCacheKey | SamplingFields.Verbosity,
    };
}
