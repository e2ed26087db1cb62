using System.Collections.Immutable;

namespace Codex.ConfigTool.Presets;

/// <summary>A provider this tool knows: what to write for it and what to say about it. Data only.</summary>
/// <param name="Name">What the user types; also the provider's name in the gateway's configuration.</param>
/// <param name="Summary">One line for help and tables.</param>
public sealed record Preset(string Name, string Summary)
{
    /// <summary>Key below <c>model_providers</c>; null when the user names it with <c>--id</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Where the API is; null when only the user can know.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The environment variable that holds the key; null when the backend asks for none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The backend can also run without a key, so the variable is written only when the user names one.</summary>
    public bool IsKeyOptional { get; init; }

    /// <summary>How the vendor's keys begin; null when that is not known.</summary>
    public KeyPrefixes? KeyPrefixes { get; init; }

    public ImmutableArray<PresetModel> Models { get; init; } = [];

    /// <summary>The model written when the user names none; null when there is no good choice.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Without <c>--model</c> the server is asked what it serves.</summary>
    public bool AsksServerForModel { get; init; }

    /// <summary>Codex finds a model by itself when the configuration names none.</summary>
    public bool IsModelOptional { get; init; }

    public string? Effort { get; init; }

    public ResponsesSupport Responses { get; init; } = ResponsesSupport.Yes;

    /// <summary>Id of a provider inside Codex that this preset stands for; Codex refuses a table of that id.</summary>
    public string? BuiltInId { get; init; }

    /// <summary>The backend refuses tools that are no plain functions.</summary>
    public bool NeedsMinimalTools { get; init; }

    /// <summary>The server answers <c>/models</c> with Codex's own catalogue, so Codex may be told to read it (Codex 0.160 and later).</summary>
    public bool HasCodexCatalogue { get; init; }

    /// <summary>Further keys of the provider table.</summary>
    public ImmutableArray<KeyValuePair<string, long>> Numbers { get; init; } = [];

    /// <summary>How the gateway's configuration calls the way this backend speaks; null for the gateway itself.</summary>
    public string? GatewayDialect { get; init; }

    /// <summary>The context window of a known model in tokens, or null.</summary>
    public long? WindowOf(string model) => Models.FirstOrDefault(m => m.Name == model)?.ContextWindow;
}

/// <summary>How a vendor's keys begin.</summary>
/// <param name="Any">All of them.</param>
/// <param name="Here">Those for the preset's address.</param>
/// <param name="OtherEnvironments">Those for other addresses.</param>
public sealed record KeyPrefixes(string Any, string Here, ImmutableArray<string> OtherEnvironments);

/// <param name="Name">As the vendor spells it.</param>
/// <param name="ContextWindow">Tokens of prompt and answer together.</param>
public sealed record PresetModel(string Name, long ContextWindow);

/// <summary>Whether a vendor answers <c>/responses</c>, without which Codex cannot use it directly.</summary>
public abstract record ResponsesSupport
{
    private ResponsesSupport()
    {
    }

    public static ResponsesSupport Yes { get; } = new Native();

    public sealed record Native : ResponsesSupport;

    /// <summary>Works only in part, or nobody has confirmed it; a warning is given.</summary>
    public sealed record Uncertain(string Reason) : ResponsesSupport;

    /// <summary>Only chat/completions; writing a direct configuration is refused.</summary>
    public sealed record Missing(string Reason) : ResponsesSupport;
}
