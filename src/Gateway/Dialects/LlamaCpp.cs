using System.Collections.Immutable;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>llama-server of llama.cpp (tools/server/README.md).</summary>
internal static class LlamaCpp
{
    private static readonly BackendQuestion Props = new("/props");

    private static readonly BackendQuestion Health = new("/health");

    public static readonly Backend Backend = new()
    {
        Name = "llamacpp",
        DisplayName = "llama.cpp",
        WellKnownPort = 8080,
        Marks = [Props],
        Recognises = answers =>
            answers.To(Props).At("default_generation_settings") is not null
            || answers.To(BackendQuestion.Models).At("data").Items().Any(m => m.Text("owned_by") == "llamacpp"),
        Lists = [BackendQuestion.Models, Props],
        ReadModels = ReadModels,
        Residency = new ResidencyQuestion([Health, BackendQuestion.Models], ReadResidency) { LoadingStatus = 503 },
        WidenWindow = size => $"start it with --ctx-size {size}",
    };

    /// <summary>A router says so with each model; a server of one model has loaded it when it is well.</summary>
    private static Residency? ReadResidency(BackendAnswers answers, string model)
    {
        var entry = answers.To(BackendQuestion.Models).At("data").Items().FirstOrDefault(m => m.Text("id") == model);
        return entry.At("status")?.Text("value") is { } status ? new Residency(status == "loaded")
            : answers.To(Health) is not null ? new Residency(IsLoaded: true)
            : null;
    }

    private static ImmutableArray<ProviderModel> ReadModels(BackendAnswers answers)
    {
        var listed = OpenAiModelList.Read(answers);
        // A router serves several models, and /props without a name tells of none of them.
        if (listed is not [var only] || answers.To(Props) is not { } props)
            return [.. listed.Select(m => m with { ContextWindow = ArgumentOf(answers, m.Id) })];

        // The size of one slot, which is what one request can use; n_ctx_train of the list is only what was trained.
        var window = props.At("default_generation_settings")?.Count("n_ctx");
        var template = props.At("chat_template_caps");
        return [only with
        {
            ContextWindow = window,
            TakesImages = props.At("modalities")?.Flag("vision"),
            CallsTools = template?.Flag("supports_tool_calls") ?? template?.Flag("supports_tools"),
        }];
    }

    /// <summary>The router lists with each model the arguments it starts it with.</summary>
    private static int? ArgumentOf(BackendAnswers answers, string id)
    {
        var entry = answers.To(BackendQuestion.Models).At("data").Items().FirstOrDefault(m => m.Text("id") == id);
        var arguments = entry.At("status").At("args").Texts().ToArray();
        var place = Array.FindIndex(arguments, a => a is "--ctx-size" or "-c");
        return place >= 0 && place + 1 < arguments.Length && int.TryParse(arguments[place + 1], out var size) && size > 0 ? size : null;
    }
}
