namespace Codex.Translation.Dialects;

/// <summary>xAI: refuses a schema with <c>oneOf</c> or <c>anyOf</c> at its root, and penalties on reasoning models.</summary>
internal static class Xai
{
    public static readonly Dialect Value = new()
    {
        Name = "xai",
        Effort = Efforts.LowMediumHigh,
        MaxTokensField = "max_completion_tokens",
        SendsParallelToolCalls = true,
        RefusedSchemaKeywords = ["oneOf", "anyOf"],
        RefusesKeywordsAtRootOnly = true,
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Seed | SamplingFields.TopLogprobs | SamplingFields.User,
    };
}
