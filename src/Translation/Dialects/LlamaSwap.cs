using Codex.Translation.Chat;

namespace Codex.Translation.Dialects;

/// <summary>
/// llama-swap in front of llama.cpp: while a model loads it tells jokes as <c>reasoning_content</c>, which must never
/// be shown or replayed as the model's own. Its lines begin with a fixed banner.
/// </summary>
internal static class LlamaSwap
{
    public static readonly Dialect Value = LlamaCpp.Value with
    {
        Name = "llamaswap",
        NormalizeChunk = WithoutLoadingState,
    };

    private static ChatChunk WithoutLoadingState(ChatChunk chunk) =>
        chunk.Reasoning is { } words && (words.Contains("llama-swap loading", StringComparison.OrdinalIgnoreCase) || words.StartsWith('━'))
            ? chunk with { Reasoning = null }
            : chunk;
}
