namespace Codex.Translation.Dialects;

/// <summary>
/// Moonshot (Kimi). Sampling is locked; ids of the form <c>functions.name:0</c> must come back verbatim (symptom 22);
/// while thinking only "auto" and "none" may be chosen, and reasoning must be kept.
/// </summary>
internal static class Moonshot
{
    public static readonly Dialect Value = new()
    {
        Name = "moonshot",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.Always,
        Effort = new EffortForm("reasoning_effort", Efforts.Map(
            ("none", "low"), ("minimal", "low"), ("low", "low"), ("medium", "high"), ("high", "high"), ("xhigh", "max"), ("max", "max"), ("ultra", "max")),
            PassOthers: false),
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never,
        Fields = SamplingFields.Stop | SamplingFields.PromptCacheKey,
    };
}
