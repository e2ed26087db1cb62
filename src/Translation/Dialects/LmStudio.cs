namespace Codex.Translation.Dialects;

/// <summary>LM Studio. Reasoning comes as <c>reasoning</c> or <c>reasoning_content</c>, by a setting of the user's.</summary>
internal static class LmStudio
{
    public static readonly Dialect Value = new()
    {
        Name = "lmstudio",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        LeakedCalls = LeakedShapes.OfOpenModels,
        Effort = new EffortForm("reasoning_effort", Efforts.Map(
            ("none", "none"), ("minimal", "low"), ("low", "low"), ("medium", "medium"), ("high", "high"), ("xhigh", "xhigh"), ("max", "xhigh"), ("ultra", "xhigh")),
            PassOthers: false),
        // Named choices are a 400; "required" is taken, though gpt-oss ignores it.
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never | ToolChoiceSupport.Required,
        Images = ImageSupport.DataUrl,
    };
}
