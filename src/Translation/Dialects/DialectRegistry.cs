using System.Collections.Immutable;

namespace Codex.Translation.Dialects;

/// <summary>Every dialect, one line each; help, schema and tests are folds over it.</summary>
public static class DialectRegistry
{
    /// <summary>What an unknown host most likely accepts.</summary>
    public static readonly Dialect Generic = new() { Name = "generic", NotFoundWhenCold = true };

    public static readonly ImmutableArray<Dialect> All =
    [
        Generic,
        DemoDialect.Value,
        Cerebras.Value,
        CoreWeave.Value,
        DeepSeek.Value,
        Featherless.Value,
        Fireworks.Value,
        Groq.Value,
        HuggingFace.Value,
        LlamaCpp.Value,
        LlamaSwap.Value,
        LmStudio.Value,
        MiMo.Value,
        MiniMax.Value,
        Mistral.Value,
        Moonshot.Value,
        NvidiaNim.Value,
        Ollama.Value,
        OpenAi.Value,
        OpenRouter.Value,
        Qwen.Value,
        Sglang.Value,
        Tensormesh.Value,
        Together.Value,
        Vllm.Value,
        Volcengine.Value,
        Xai.Value,
        Zai.Value,
    ];

    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
