namespace Codex.Translation.Dialects;

/// <summary>Qwen on DashScope: <c>enable_thinking</c> instead of an effort, and a strict template.</summary>
internal static class Qwen
{
    public static readonly Dialect Value = new()
    {
        Name = "qwen",
        MergeUserMessages = true,
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = [LeakedCallShape.ToolCallTag, LeakedCallShape.FunctionTag],
        Effort = Efforts.EnableThinking,
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never | ToolChoiceSupport.Named,
        SendsParallelToolCalls = true,
        ResponseFormat = FormatSupport.JsonObject,
        // "Range of input length should be [1, 30720]"
        FaultSigns = [new FaultSign(400, "Range of input length", FaultMeaning.ContextTooLong)],
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Stop | SamplingFields.Seed,
    };
}
