using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>Ollama's native API beside its /v1 (docs.ollama.com: api, context-length).</summary>
internal static class Ollama
{
    // Ollama loads a model with 4k tokens below 24 GiB of video memory, 32k below 48 and 256k above, or with
    // OLLAMA_CONTEXT_LENGTH of the server; none of this can be asked for. What does not fit it cuts away silently
    // from the front (symptom 50), so the least is assumed until the model is seen loaded.
    private const int DefaultWindow = 4096;

    private const string DefaultTag = ":latest";

    private static readonly BackendQuestion Version = new("/api/version");

    private static readonly BackendQuestion Tags = new("/api/tags");

    private static readonly BackendQuestion Loaded = new("/api/ps");

    public static readonly Backend Backend = new()
    {
        Name = "ollama",
        DisplayName = "Ollama",
        WellKnownPort = 11434,
        Marks = [Version, Tags],
        // llama.cpp has /api/tags too, but no /api/version; vLLM's version stands at /version.
        Recognises = answers => answers.To(Version)?.Text("version") is not null && answers.To(Tags).At("models") is { ValueKind: JsonValueKind.Array },
        Lists = [Tags, Loaded],
        Details = answers => answers.To(Tags).At("models").Items().Select(Show).OfType<BackendQuestion>(),
        ReadModels = ReadModels,
        Residency = new ResidencyQuestion([Loaded], ReadResidency),
        // An empty prompt loads without running; the /v1 API has no field for it. Every request there sets the time
        // back to the server's own (five minutes), so it is repeated within these.
        KeepLoaded = model => new BackendQuestion("/api/generate", $$"""{"model":"{{JsonEncodedText.Encode(model)}}","keep_alive":"15m"}"""),
        WidenWindow = size => $"start it with OLLAMA_CONTEXT_LENGTH={size}",
        CutsSilently = true,
    };

    private static Residency? ReadResidency(BackendAnswers answers, string model)
    {
        if (answers.To(Loaded).At("models") is not { ValueKind: JsonValueKind.Array } loaded)
            return null;
        // Models of its cloud are never loaded here.
        if (model.EndsWith("-cloud", StringComparison.Ordinal))
            return new Residency(IsLoaded: true);
        var found = ((JsonElement?)loaded).Items().Where(l => NameOf(l) == model).Select(l => (JsonElement?)l).FirstOrDefault();
        return new Residency(found is not null, found?.Count("context_length"));
    }

    private static BackendQuestion? Show(JsonElement tag) => NameOf(tag) is not { } name ? null : new BackendQuestion(
        "/api/show",
        $$"""{"model":"{{JsonEncodedText.Encode(name)}}"}""")
    {
        SameWhile = tag.Text("digest"),
    };

    private static ImmutableArray<ProviderModel> ReadModels(BackendAnswers answers)
    {
        var loaded = answers.To(Loaded).At("models").Items().ToArray();
        return [.. answers.To(Tags).At("models").Items().Select(tag => ReadModel(tag, loaded, answers)).OfType<ProviderModel>()];
    }

    private static ProviderModel? ReadModel(JsonElement tag, JsonElement[] loaded, BackendAnswers answers)
    {
        if (NameOf(tag) is not { } name)
            return null;
        var show = answers.To(Show(tag)!);
        var abilities = show.At("capabilities").Texts().ToArray();
        var running = loaded.Where(l => NameOf(l) == name).Select(l => l.Count("context_length")).FirstOrDefault();
        var (window, note) = Window(running, show, isCloud: tag.Text("remote_host") is not null || name.EndsWith("-cloud", StringComparison.Ordinal));
        return new ProviderModel(name)
        {
            ContextWindow = window,
            WindowIsAssumed = note is not null,
            Note = note,
            TakesImages = abilities.Length == 0 ? null : abilities.Contains("vision"),
            CallsTools = abilities.Length == 0 ? null : abilities.Contains("tools"),
            WritesText = abilities.Length == 0 || abilities.Contains("completion"),
            // Effort words are taken by every thinking model; others refuse them.
            ReasoningLevels = abilities.Contains("thinking") ? ["low", "medium", "high"] : [],
            OtherNames = name.EndsWith(DefaultTag, StringComparison.Ordinal) ? [name[..^DefaultTag.Length]] : [],
        };
    }

    private static (int? Window, string? Note) Window(int? running, JsonElement? show, bool isCloud)
    {
        if (running is not null)
            return (running, null);
        if (show is null)
            return (null, null);
        var longest = LongestWindow(show.Value);
        // Cloud models run with all they have.
        if (isCloud)
            return (longest, null);
        if (ParameterOf(show.Value, "num_ctx") is { } asked)
            return (longest is { } most ? Math.Min(asked, most) : asked, null);
        return longest <= DefaultWindow
            ? (longest, null)
            : (DefaultWindow, "The backend's default until the model is loaded; start it with OLLAMA_CONTEXT_LENGTH=32768 or more for work with tools.");
    }

    /// <summary>What the model was trained for: <c>model_info</c> names the field after the architecture.</summary>
    private static int? LongestWindow(JsonElement show)
    {
        if (show.At("model_info") is not { ValueKind: JsonValueKind.Object } info)
            return null;
        foreach (var field in info.EnumerateObject())
        {
            if (field.Name.EndsWith(".context_length", StringComparison.Ordinal))
                return info.Count(field.Name);
        }
        return null;
    }

    /// <summary><c>parameters</c> is text: a name, blanks and a value on each line.</summary>
    private static int? ParameterOf(JsonElement show, string name)
    {
        foreach (var line in (show.Text("parameters") ?? "").Split('\n'))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var key, var value]
                && key == name && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
        }
        return null;
    }

    private static string? NameOf(JsonElement entry) => entry.Text("model") ?? entry.Text("name");
}
