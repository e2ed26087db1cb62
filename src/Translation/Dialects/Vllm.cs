namespace Codex.Translation.Dialects;

/// <summary>vLLM. Sends <c>reasoning</c> since 0.16 and takes both names back (vllm#27752, #33402).</summary>
internal static class Vllm
{
    public static readonly Dialect Value = new()
    {
        Name = "vllm",
        ReasoningReplayField = "reasoning",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        Effort = Efforts.LowMediumHigh,
        SendsParallelToolCalls = true,
        // The grammar of the schema holds from the first token: no tool could be called.
        StructuredWithTools = false,
        TakesAudio = true,
        Fields = SamplingFields.Common | SamplingFields.TopLogprobs | SamplingFields.User,
        FaultSigns =
        [
            // "This model's maximum context length is 4096 tokens. However, you requested …"
            new FaultSign(400, "maximum context length", FaultMeaning.ContextTooLong),
            new FaultSign(404, "does not exist", FaultMeaning.UnknownModel),
        ],
    };
}
