using Codex.Translation.Chat;

namespace Codex.Translation.Dialects;

/// <summary>
/// MiniMax: one leading system message or error 2013 (symptom 35); errors come as <c>base_resp</c> beside HTTP 200;
/// <c>reasoning_split</c> makes it send reasoning apart, as <c>reasoning_details</c>.
/// </summary>
internal static class MiniMax
{
    public static readonly Dialect Value = new()
    {
        Name = "minimax",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.Always,
        ReplaysReasoningDetails = true,
        ToolChoice = ToolChoiceSupport.Auto | ToolChoiceSupport.Never,
        Images = ImageSupport.None,
        Fields = SamplingFields.Temperature | SamplingFields.TopP,
        RewriteRequest = SplitReasoning,
        FaultSigns =
        [
            new FaultSign(Status: null, "1004", FaultMeaning.WrongKey),
            new FaultSign(Status: null, "1008", FaultMeaning.NoQuota),
            new FaultSign(Status: null, "1002", FaultMeaning.RateLimited),
        ],
    };

    private static ChatRequest SplitReasoning(ChatRequest request) =>
        request with { Extra = request.Extra.Add(new("reasoning_split", "true")) };
}
