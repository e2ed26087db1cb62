using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>Every kind of backend, one line each; recognition goes from the top.</summary>
public static class BackendRegistry
{
    public static readonly ImmutableArray<Backend> All =
    [
        Ollama.Backend,
        LmStudio.Backend,
        Sglang.Backend,
        Vllm.Backend,
        LlamaSwap.Backend,
        LlamaCpp.Backend,
        Cerebras.Backend,
        CoreWeave.Backend,
        DeepSeek.Backend,
        Featherless.Backend,
        Fireworks.Backend,
        Groq.Backend,
        HuggingFace.Backend,
        MiMo.Backend,
        MiniMax.Backend,
        Mistral.Backend,
        Moonshot.Backend,
        NvidiaNim.Backend,
        OpenAi.Backend,
        OpenRouter.Backend,
        Qwen.Backend,
        Tensormesh.Backend,
        Together.Backend,
        Volcengine.Backend,
        Xai.Backend,
        Zai.Backend,
        Generic.Backend,
    ];

    /// <summary>Asked of a server that lists models, to learn what it is.</summary>
    public static readonly ImmutableArray<BackendQuestion> Marks = [.. All.SelectMany(b => b.Marks).Distinct()];

    /// <summary>The backend of a dialect; one without operating facts of its own is operated as a generic one.</summary>
    public static Backend For(string dialect) => All.FirstOrDefault(b => b.Name.Equals(dialect, StringComparison.OrdinalIgnoreCase)) ?? Generic.Backend;

    /// <summary>The host that stands in the address, or null.</summary>
    public static Backend? ForHost(Uri address) => All.FirstOrDefault(b => b.IsHost(address));

    /// <summary>What can have answered so, or null.</summary>
    public static Backend? Recognise(BackendAnswers answers) =>
        IsGateway(answers) ? null : All.FirstOrDefault(b => b.Recognises?.Invoke(answers) == true);

    /// <summary>A list in Codex's own shape is a gateway's, perhaps this one's: forwarding to it would go in circles.</summary>
    private static bool IsGateway(BackendAnswers answers) =>
        answers.To(BackendQuestion.Models).At("models").Items().Any(m => m.Text("slug") is not null);
}
