namespace Codex.Translation.Dialects;

/// <summary>
/// llama-swap in front of llama.cpp: while a model loads it tells jokes as <c>reasoning_content</c>, which must never
/// be shown or replayed as the model's own. They stand between two rules, a few characters a chunk
/// (<c>loadingWriter</c> in its <c>proxy</c> folder).
/// </summary>
internal static class LlamaSwap
{
    public static readonly Dialect Value = LlamaCpp.Value with
    {
        Name = "llamaswap",
        LoadingNotice = new ThinkTags("━━━━━\nllama-swap loading model:", "\n━━━━━\n"),
    };
}
