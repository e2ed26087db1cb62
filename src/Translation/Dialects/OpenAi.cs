namespace Codex.Translation.Dialects;

/// <summary>api.openai.com and hosts that copy it exactly. Its own Responses API is used when there is one.</summary>
internal static class OpenAi
{
    public static readonly Dialect Value = new()
    {
        Name = "openai",
        SpeaksResponses = true,
        InstructionsRole = "developer",
        LateInstructions = LateInstructions.InPlace,
        ThinkTags = null,
        MaxTokensField = "max_completion_tokens",
        Effort = Efforts.AnyWord,
        SendsParallelToolCalls = true,
        SendsStrict = true,
        TakesFiles = true,
        TakesAudio = true,
        Fields = SamplingFields.All,
    };
}
