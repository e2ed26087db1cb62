using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>Hugging Face's router: each model is served by several hosts, whose windows differ.</summary>
internal static class HuggingFace
{
    public static readonly Backend Backend = new()
    {
        Name = "huggingface",
        DisplayName = "Hugging Face",
        HostNames = ["router.huggingface.co"],
        ReadModels = answers => OpenAiModelList.Read(answers, Complete),
    };

    // The router picks the host, so only the smallest window is sure.
    private static ProviderModel Complete(ProviderModel model, JsonElement entry) => model with
    {
        ContextWindow = entry.At("providers").Items().Where(p => p.Text("status") is null or "live").Min(p => p.Count("context_length")) ?? model.ContextWindow,
        TakesImages = entry.At("architecture").At("input_modalities") is { } inputs ? ((JsonElement?)inputs).Texts().Contains("image") : null,
    };
}
