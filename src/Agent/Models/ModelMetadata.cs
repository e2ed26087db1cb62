using System.Text.Json;

namespace Codex.Agent.Models;

/// <summary>What a server or a catalogue file says of one model; null is unknown.</summary>
public sealed record ModelMetadata(string Slug)
{
    public int? Window { get; init; }

    public int? MaxOutput { get; init; }

    public bool? TakesImages { get; init; }

    public string? DefaultEffort { get; init; }

    /// <summary>The model can be told how much to say.</summary>
    public bool? TakesVerbosity { get; init; }

    /// <summary>This, and where it knows nothing what the other says.</summary>
    public ModelMetadata Or(ModelMetadata? other) => other is null
        ? this
        : this with
        {
            Window = Window ?? other.Window,
            MaxOutput = MaxOutput ?? other.MaxOutput,
            TakesImages = TakesImages ?? other.TakesImages,
            DefaultEffort = DefaultEffort ?? other.DefaultEffort,
            TakesVerbosity = TakesVerbosity ?? other.TakesVerbosity,
        };

    /// <summary>Reads both shapes: OpenAI's <c>data</c> with sizes beside it, and the <c>models</c> of Codex's catalogue.</summary>
    public static IReadOnlyList<ModelMetadata> ReadList(JsonElement list)
    {
        var found = new Dictionary<string, ModelMetadata>(StringComparer.Ordinal);
        foreach (var entry in Entries(list, "data"))
        {
            if (Text(entry, "id") is { } id)
            {
                found[id] = new ModelMetadata(id)
                {
                    Window = Number(entry, "context_length") ?? Number(entry, "max_model_len") ?? Number(entry, "context_window"),
                    MaxOutput = Number(entry, "max_output_tokens"),
                };
            }
        }

        foreach (var entry in Entries(list, "models"))
        {
            if (Text(entry, "slug") is not { } slug)
                continue;
            var isListed = found.TryGetValue(slug, out var listed);
            var known = listed ?? new ModelMetadata(slug);
            found[slug] = known with
            {
                // Codex's catalogue must name a window, so a server that lists the model without one has assumed it there;
                // the upper bound stands beside it only where it is known.
                Window = known.Window ?? Number(entry, isListed ? "max_context_window" : "context_window"),
                TakesImages = entry.TryGetProperty("input_modalities", out var kinds) && kinds.ValueKind == JsonValueKind.Array
                    ? kinds.EnumerateArray().Any(k => k.ValueKind == JsonValueKind.String && k.ValueEquals("image"u8))
                    : known.TakesImages,
                DefaultEffort = Text(entry, "default_reasoning_level") ?? known.DefaultEffort,
                TakesVerbosity = entry.TryGetProperty("support_verbosity", out var takes) && takes.ValueKind is JsonValueKind.True or JsonValueKind.False ? takes.GetBoolean() : known.TakesVerbosity,
            };
        }

        return [.. found.Values];
    }

    private static IEnumerable<JsonElement> Entries(JsonElement list, string name) =>
        list.ValueKind == JsonValueKind.Object && list.TryGetProperty(name, out var entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number : null;
}
