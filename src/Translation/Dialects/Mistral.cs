namespace Codex.Translation.Dialects;

/// <summary>
/// Mistral. Tool call ids have exactly nine letters or digits (400 code 3280, symptom 21); "any" is its word for
/// required, which OpenAI's word also reaches. Content may be a list with thinking parts.
/// </summary>
internal static class Mistral
{
    public static readonly Dialect Value = new()
    {
        Name = "mistral",
        MergeUserMessages = true,
        LeakedCalls = [LeakedCallShape.ToolCallsMarker],
        SendsParallelToolCalls = true,
        ToolIds = ToolIdForm.NineAlphanumeric,
        EmptyContentAsNull = false,
        // The seed is called random_seed there, and unknown fields are refused.
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Penalties | SamplingFields.Stop,
        StreamUsage = false,
    };
}
