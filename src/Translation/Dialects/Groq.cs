namespace Codex.Translation.Dialects;

/// <summary>
/// Groq refuses every field it does not know, <c>reasoning_content</c> among them (symptom 32), and <c>reasoning</c> on
/// models without it. Bad tool JSON of the model is its own 400 <c>tool_use_failed</c>, sometimes inside the stream.
/// </summary>
internal static class Groq
{
    public static readonly Dialect Value = new()
    {
        Name = "groq",
        LeakedCalls = LeakedShapes.OfOpenModels,
        MaxTokensField = "max_completion_tokens",
        SendsParallelToolCalls = true,
        Fields = SamplingFields.Temperature | SamplingFields.TopP | SamplingFields.Stop | SamplingFields.Seed | SamplingFields.User,
        // response_format cannot be combined with streaming or tools.
        StreamsStructured = false,
        StructuredWithTools = false,
    };
}
