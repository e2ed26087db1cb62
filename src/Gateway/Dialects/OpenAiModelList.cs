using System.Collections.Immutable;
using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>
/// Reads <c>GET /models</c> of any host: OpenAI's list, a bare array, or one under <c>models</c>, with whatever
/// the host adds on sizes and abilities under the names in use.
/// </summary>
internal static class OpenAiModelList
{
    // The names under which hosts tell the window, in the order of how surely they mean the true one.
    private static readonly ImmutableArray<string> WindowFields =
        ["max_model_len", "context_length", "context_window", "max_context_length", "max_input_tokens", "context_size"];

    private static readonly ImmutableArray<string> OutputFields = ["max_output_tokens", "max_completion_tokens", "max_output_length"];

    private static readonly ImmutableArray<string> OtherKinds =
        ["embedding", "embeddings", "rerank", "reranker", "image", "audio", "transcription", "speech", "tts", "stt", "moderation", "video"];

    public static ImmutableArray<ProviderModel> Read(BackendAnswers answers) => Read(answers, (model, _) => model);

    /// <param name="complete">Adds what only this host says in a model's entry.</param>
    public static ImmutableArray<ProviderModel> Read(BackendAnswers answers, Func<ProviderModel, JsonElement, ProviderModel> complete)
    {
        return [.. ListIn(answers).Items().Select(e => ReadEntry(e) is { } model ? complete(model, e) : null).OfType<ProviderModel>().DistinctBy(m => m.Id)];
    }

    /// <summary>The list itself; null when the answer is something else, such as an error with a success status.</summary>
    public static JsonElement? ListIn(BackendAnswers answers)
    {
        var answer = answers.To(BackendQuestion.Models);
        return ((JsonElement?[])[answer, answer.At("data"), answer.At("models")]).FirstOrDefault(l => l is { ValueKind: JsonValueKind.Array });
    }

    private static ProviderModel? ReadEntry(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.String)
            return entry.GetString() is { Length: > 0 } bare ? new ProviderModel(bare) : null;
        return (entry.Text("id") ?? entry.Text("name") ?? entry.Text("model")) is not { } id ? null : new ProviderModel(id)
        {
            DisplayName = (entry.Text("display_name") ?? entry.Text("name")) is { } name && name != id ? name : null,
            ContextWindow = FirstCount(entry, WindowFields),
            MaxOutputTokens = FirstCount(entry, OutputFields),
            WritesText = !(entry.Text("type") is { } type && OtherKinds.Contains(type, StringComparer.OrdinalIgnoreCase)),
        };
    }

    private static int? FirstCount(JsonElement entry, ImmutableArray<string> fields) =>
        fields.Select(f => entry.Count(f)).FirstOrDefault(c => c is not null);
}
