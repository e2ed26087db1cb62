namespace Codex.Translation.Dialects;

/// <summary>
/// Moonshot (Kimi). Sampling is locked; ids of the form <c>functions.name:0</c> must come back verbatim (symptom 22);
/// while thinking only "auto" and "none" may be chosen, and reasoning must be kept: an assistant message with tool
/// calls that has none is a 400 (continue#11600, mastra#12592), and a blank stands in for one of another model's.
/// </summary>
internal static class Moonshot
{
    public static readonly Dialect Value = new()
    {
        Name = "moonshot",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.Always,
        ReasoningPlaceholder = " ",
        Effort = new EffortForm("reasoning_effort", Efforts.Map(
            ("none", "low"), ("minimal", "low"), ("low", "low"), ("medium", "high"), ("high", "high"), ("xhigh", "max"), ("max", "max"), ("ultra", "max")),
            PassOthers: false),
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never,
        // "Your request exceeded model token limit: 131072"
        FaultSigns = [new FaultSign(400, "exceeded model token limit", FaultMeaning.ContextTooLong)],
        Fields = SamplingFields.Stop | SamplingFields.PromptCacheKey,
    };
}
