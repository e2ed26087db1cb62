namespace Codex.Translation.Dialects;

/// <summary>Z.AI (GLM): thinking is a switch, and tools are chosen by the model alone.</summary>
internal static class Zai
{
    public static readonly Dialect Value = new()
    {
        Name = "zai",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = [LeakedCallShape.ToolCallTag],
        Effort = Efforts.ThinkingType,
        ToolChoice = ToolChoiceSupport.Auto,
        ResponseFormat = FormatSupport.JsonObject,
        // Code 1261.
        FaultSigns = [new FaultSign(400, "Prompt exceeds max length", FaultMeaning.ContextTooLong)],
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Stop,
    };
}
