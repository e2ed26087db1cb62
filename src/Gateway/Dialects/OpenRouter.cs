using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>OpenRouter (openrouter.ai/docs, models): the list tells size, inputs and parameters of each model.</summary>
internal static class OpenRouter
{
    public static readonly Backend Backend = new()
    {
        Name = "openrouter",
        DisplayName = "OpenRouter",
        HostNames = ["openrouter.ai"],
        // openrouter.ai/docs/api-reference/limits; in milliseconds since 1970.
        LimitResets = ["x-ratelimit-reset"],
        ReadModels = answers => OpenAiModelList.Read(answers, Complete),
    };

    private static ProviderModel Complete(ProviderModel model, JsonElement entry)
    {
        var top = entry.At("top_provider");
        var parameters = entry.At("supported_parameters").Texts().ToArray();
        var inputs = entry.At("architecture").At("input_modalities");
        var outputs = entry.At("architecture").At("output_modalities").Texts().ToArray();
        return model with
        {
            // What the model can do and what the host behind it offers may differ.
            ContextWindow = ((int?[])[model.ContextWindow, top?.Count("context_length")]).Min(),
            MaxOutputTokens = top?.Count("max_completion_tokens"),
            TakesImages = inputs is null ? null : inputs.Texts().Contains("image"),
            CallsTools = parameters.Length == 0 ? null : parameters.Contains("tools"),
            ReasoningLevels = parameters.Contains("reasoning") ? ["low", "medium", "high"] : [],
            WritesText = outputs.Length == 0 || outputs.Contains("text"),
        };
    }
}
