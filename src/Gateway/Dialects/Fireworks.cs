using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>Fireworks AI; its list says <c>context_length</c> and what the model supports.</summary>
internal static class Fireworks
{
    public static readonly Backend Backend = new()
    {
        Name = "fireworks",
        DisplayName = "Fireworks AI",
        HostNames = ["api.fireworks.ai"],
        ReadModels = answers => OpenAiModelList.Read(answers, Complete),
    };

    private static ProviderModel Complete(ProviderModel model, JsonElement entry) => model with
    {
        TakesImages = entry.Flag("supports_image_input"),
        CallsTools = entry.Flag("supports_tools"),
        WritesText = entry.Flag("supports_chat") ?? model.WritesText,
    };
}
