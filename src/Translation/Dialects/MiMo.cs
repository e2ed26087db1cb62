namespace Codex.Translation.Dialects;

/// <summary>Xiaomi MiMo: thinking is a switch; its own Responses API refuses <c>web_search</c> (symptom 30), so chat is used.</summary>
internal static class MiMo
{
    public static readonly Dialect Value = new()
    {
        Name = "mimo",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.Always,
        Effort = Efforts.ThinkingType,
        MaxTokensField = "max_completion_tokens",
        ToolChoice = ToolChoiceSupport.Auto,
        ResponseFormat = FormatSupport.JsonObject,
    };
}
