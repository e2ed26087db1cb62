using System.Collections.Immutable;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>vLLM's OpenAI-compatible server; its list carries <c>max_model_len</c>, the length it was started with.</summary>
internal static class Vllm
{
    public static readonly Backend Backend = new()
    {
        Name = "vllm",
        DisplayName = "vLLM",
        WellKnownPort = 8000,
        Recognises = answers => answers.To(BackendQuestion.Models).At("data").Items().Any(m => m.Text("owned_by") == "vllm"),
        ReadModels = ReadModels,
        WidenWindow = size => $"start it with --max-model-len {size}",
    };

    // An adapter (LoRA) is listed without a size of its own; it runs within that of its parent.
    private static ImmutableArray<ProviderModel> ReadModels(BackendAnswers answers)
    {
        var sizes = OpenAiModelList.Read(answers).ToDictionary(m => m.Id, m => m.ContextWindow, StringComparer.Ordinal);
        return OpenAiModelList.Read(answers, (model, entry) => model with
        {
            ContextWindow = model.ContextWindow ?? (entry.Text("parent") is { } parent ? sizes.GetValueOrDefault(parent) : null),
        });
    }
}
