namespace Codex.Translation.Dialects;

/// <summary>Fireworks: reasoning as <c>reasoning_content</c>, taken back for the tool loop.</summary>
internal static class Fireworks
{
    public static readonly Dialect Value = new()
    {
        Name = "fireworks",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        Effort = Efforts.LowMediumHigh,
        Fields = SamplingFields.Common | SamplingFields.TopLogprobs | SamplingFields.User,
    };
}
