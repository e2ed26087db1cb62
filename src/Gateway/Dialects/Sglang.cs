using System.Collections.Immutable;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>SGLang's server (docs: basic_usage/native_api).</summary>
internal static class Sglang
{
    private static readonly BackendQuestion ModelInfo = new("/get_model_info");

    private static readonly BackendQuestion ServerInfo = new("/get_server_info");

    public static readonly Backend Backend = new()
    {
        Name = "sglang",
        DisplayName = "SGLang",
        WellKnownPort = 30000,
        Marks = [ModelInfo],
        Recognises = answers =>
            answers.To(BackendQuestion.Models).At("data").Items().Any(m => m.Text("owned_by") == "sglang")
            || (answers.To(ModelInfo)?.Text("model_path") is not null && answers.To(ModelInfo).At("is_generation") is not null),
        Lists = [BackendQuestion.Models, ModelInfo, ServerInfo],
        ReadModels = ReadModels,
        WidenWindow = size => $"start it with --context-length {size}",
    };

    private static ImmutableArray<ProviderModel> ReadModels(BackendAnswers answers)
    {
        // Old versions do not put max_model_len into the list; the server's arguments have it when it was set by hand.
        var said = answers.To(ServerInfo)?.Count("context_length");
        // All requests share this many tokens of cache: one cannot be longer.
        var room = answers.To(ServerInfo)?.Count("max_total_num_tokens") ?? int.MaxValue;
        var info = answers.To(ModelInfo);
        return [.. OpenAiModelList.Read(answers).Select(m => m with
        {
            ContextWindow = (m.ContextWindow ?? said) is { } window ? Math.Min(window, room) : null,
            WritesText = info?.Flag("is_generation") ?? m.WritesText,
            TakesImages = info?.Flag("has_image_understanding"),
        })];
    }
}
