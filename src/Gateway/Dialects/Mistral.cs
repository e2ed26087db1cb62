using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>Mistral's own API (docs.mistral.ai/api, list models): <c>max_context_length</c> and <c>capabilities</c>.</summary>
internal static class Mistral
{
    public static readonly Backend Backend = new()
    {
        Name = "mistral",
        DisplayName = "Mistral",
        HostNames = ["api.mistral.ai", "codestral.mistral.ai"],
        ReadModels = answers => OpenAiModelList.Read(answers, Complete),
    };

    private static ProviderModel Complete(ProviderModel model, JsonElement entry)
    {
        var abilities = entry.At("capabilities");
        return model with
        {
            TakesImages = abilities?.Flag("vision"),
            CallsTools = abilities?.Flag("function_calling"),
            WritesText = abilities?.Flag("completion_chat") ?? model.WritesText,
        };
    }
}
