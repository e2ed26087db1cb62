namespace Codex.Translation.Dialects;

/// <summary>Cerebras: strict about unknown fields; rejects <c>prompt_cache_key</c> and <c>service_tier</c>.</summary>
internal static class Cerebras
{
    public static readonly Dialect Value = new()
    {
        Name = "cerebras",
        MaxTokensField = "max_completion_tokens",
        SendsParallelToolCalls = true,
        SendsStrict = true,
        Images = ImageSupport.None,
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Stop | SamplingFields.Seed | SamplingFields.User,
    };
}
