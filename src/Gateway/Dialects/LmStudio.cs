using System.Collections.Immutable;
using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>LM Studio's own API, v1 since 0.4.0 and v0 before (lmstudio.ai/docs/developer/rest).</summary>
internal static class LmStudio
{
    private static readonly BackendQuestion Current = new("/api/v1/models");

    private static readonly BackendQuestion Former = new("/api/v0/models");

    public static readonly Backend Backend = new()
    {
        Name = "lmstudio",
        DisplayName = "LM Studio",
        WellKnownPort = 1234,
        Marks = [Current, Former],
        // To a path it does not have it answers 200 with an error object: only the entries' own fields tell.
        Recognises = answers =>
            answers.To(Current).At("models").Items().Any(m => m.Text("key") is not null && m.At("loaded_instances") is not null)
            || answers.To(Former).At("data").Items().Any(m => m.Text("state") is "loaded" or "not-loaded"),
        Lists = [BackendQuestion.Models, Current, Former],
        ReadModels = ReadModels,
        Residency = new ResidencyQuestion([Current, Former], ReadResidency),
        // What was loaded by a request is put away an hour after the last one.
        UnloadsAfter = TimeSpan.FromMinutes(60),
        WidenWindow = size => $"load it there with a context length of {size}",
    };

    private static Residency? ReadResidency(BackendAnswers answers, string model)
    {
        var entries = answers.To(Current).At("models").Items().ToArray();
        var instances = entries.Where(m => m.Text("key") == model).SelectMany(m => m.At("loaded_instances").Items())
            .Concat(entries.SelectMany(m => m.At("loaded_instances").Items()).Where(i => i.Text("id") == model))
            .ToArray();
        if (instances.Length > 0)
            return new Residency(IsLoaded: true, instances[0].At("config")?.Count("context_length"));
        if (entries.Any(m => m.Text("key") == model))
            return new Residency(IsLoaded: false);
        return answers.To(Former).At("data").Items().Where(m => m.Text("id") == model)
            .Select(m => new Residency(m.Text("state") == "loaded", m.Count("loaded_context_length")))
            .FirstOrDefault();
    }

    private static ImmutableArray<ProviderModel> ReadModels(BackendAnswers answers)
    {
        var current = answers.To(Current).At("models").Items().Select(ReadCurrent).OfType<ProviderModel>().ToArray();
        var known = current.Length > 0 ? current : [.. answers.To(Former).At("data").Items().Select(ReadFormer).OfType<ProviderModel>()];
        var listed = OpenAiModelList.Read(answers);
        // A model that is loaded twice has a second name (key:2), which only the list of /v1 has as a model.
        var instances = answers.To(Current).At("models").Items().SelectMany(m => m.At("loaded_instances").Items()).ToArray();
        return
        [
            .. known,
            .. listed.Where(m => known.All(k => k.Id != m.Id)).Select(m => m with
            {
                ContextWindow = instances.FirstOrDefault(i => i.Text("id") == m.Id).At("config")?.Count("context_length"),
            }),
        ];
    }

    private static ProviderModel? ReadCurrent(JsonElement model)
    {
        if (model.Text("key") is not { } key)
            return null;
        var abilities = model.At("capabilities");
        var loaded = model.At("loaded_instances").Items().Select(i => i.At("config")?.Count("context_length")).FirstOrDefault(c => c is not null);
        return Sized(new ProviderModel(key)
        {
            DisplayName = model.Text("display_name"),
            TakesImages = abilities?.Flag("vision"),
            CallsTools = abilities?.Flag("trained_for_tool_use"),
            WritesText = model.Text("type") is not ("embedding" or "embeddings"),
        }, loaded, model.Count("max_context_length"));
    }

    private static ProviderModel? ReadFormer(JsonElement model) => model.Text("id") is not { } id ? null : Sized(new ProviderModel(id)
    {
        TakesImages = model.Text("type") is { } type ? type == "vlm" : null,
        CallsTools = model.At("capabilities") is { } abilities ? ((JsonElement?)abilities).Texts().Contains("tool_use") : null,
        WritesText = model.Text("type") is not ("embedding" or "embeddings"),
    }, model.Count("loaded_context_length"), model.Count("max_context_length"));

    // A model that is not loaded is loaded on the first request, with the length set in the program's own settings
    // (4096 as it comes); the longest possible one is not what a request will get.
    private static ProviderModel Sized(ProviderModel model, int? loaded, int? longest) => loaded is not null
        ? model with { ContextWindow = loaded }
        : longest is not null && model.WritesText
            ? model with { Note = $"It can take {longest} tokens; load it with the length you want to see the true one here." }
            : model;
}
