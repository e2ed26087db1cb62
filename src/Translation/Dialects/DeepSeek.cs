namespace Codex.Translation.Dialects;

/// <summary>
/// DeepSeek. While thinking it demands <c>reasoning_content</c> on every assistant message with tool calls; a blank
/// will do (symptom 31). Text only: an image is a 400 "unknown variant".
/// </summary>
internal static class DeepSeek
{
    public static readonly Dialect Value = new()
    {
        Name = "deepseek",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        ReasoningPlaceholder = " ",
        ThinkTags = null,
        Effort = new EffortForm("reasoning_effort", Efforts.Map(
            ("low", "high"), ("medium", "high"), ("high", "high"), ("xhigh", "max"), ("max", "max"), ("ultra", "max")),
            PassOthers: false)
        {
            Switches = Efforts.OnOff("thinking", """{"type":"enabled"}""", """{"type":"disabled"}""").RemoveRange(["low", "medium", "high", "xhigh", "max", "ultra"]),
        },
        Images = ImageSupport.None,
        ResponseFormat = FormatSupport.JsonObject,
        // deepwn/addi#13
        FaultSigns = [new FaultSign(400, "Model Not Exist", FaultMeaning.UnknownModel)],
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Penalties | SamplingFields.Stop | SamplingFields.TopLogprobs,
    };
}
