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
        // A deployment of one's own comes up from zero when it is asked for (docs.fireworks.ai, deployments/autoscaling).
        FaultSigns = [new FaultSign(503, "DEPLOYMENT_SCALING_UP", FaultMeaning.Cold)],
    };
}
