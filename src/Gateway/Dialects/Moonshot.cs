using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>Moonshot's own API of the Kimi models (platform.moonshot.ai/docs/api, list models).</summary>
internal static class Moonshot
{
    public static readonly Backend Backend = new()
    {
        Name = "moonshot",
        DisplayName = "Moonshot",
        HostNames = ["api.moonshot.ai", "api.moonshot.cn"],
        ReadModels = answers => OpenAiModelList.Read(answers, Complete),
    };

    private static ProviderModel Complete(ProviderModel model, JsonElement entry) => model with { TakesImages = entry.Flag("supports_image_in") };
}
