using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>A model as a backend lists it, with what is known of it. Null means: unknown.</summary>
/// <param name="Id">The backend's own name.</param>
public sealed record ProviderModel(string Id)
{
    public string? DisplayName { get; init; }

    /// <summary>Tokens the model can truly take, prompt and answer together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>True when the window is only what the backend will most likely load the model with.</summary>
    public bool WindowIsAssumed { get; init; }

    public int? MaxOutputTokens { get; init; }

    public bool? TakesImages { get; init; }

    public bool? CallsTools { get; init; }

    /// <summary>Effort words the model takes, weakest first; empty when it has no such scale.</summary>
    public ImmutableArray<string> ReasoningLevels { get; init; } = [];

    /// <summary>Names the backend takes for the same model, such as the one without its default tag.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    /// <summary>False for models that only embed, rank, speak, transcribe or paint; they can be asked for but are no choice for an agent.</summary>
    public bool WritesText { get; init; } = true;

    /// <summary>What a user should know of it, in a sentence, such as why its context window is small.</summary>
    public string? Note { get; init; }

    /// <summary>Equality by the contents of the lists too, which a record does not give.</summary>
    public bool SameAs(ProviderModel other) =>
        this == other with { ReasoningLevels = ReasoningLevels, OtherNames = OtherNames }
            && ReasoningLevels.SequenceEqual(other.ReasoningLevels)
            && OtherNames.SequenceEqual(other.OtherNames);
}

/// <summary>A provider with what it listed when last asked.</summary>
/// <param name="Problem">Why the list is missing or old, in a sentence; null when all is well.</param>
public sealed record ProviderView(Provider Provider, ImmutableArray<ProviderModel> Models, DateTimeOffset? AskedAt, string? Problem)
{
    /// <summary>True when the problem would meet requests, too: nobody answers, or the configured key is unset or refused.</summary>
    public bool IsDown { get; init; }
}

/// <summary>All providers at one moment; requests hold on to the snapshot they began with.</summary>
/// <param name="DefaultProvider">Gets models nobody lists; null when the choice is not clear.</param>
/// <param name="Models">Entries of <c>Models</c> in the configuration, by alias.</param>
public sealed record ProviderSnapshot(
    ImmutableArray<ProviderView> Providers,
    string? DefaultProvider,
    ImmutableDictionary<string, ModelSettings> Models)
{
    public static readonly ProviderSnapshot Empty = new([], null, ImmutableDictionary<string, ModelSettings>.Empty);

    /// <summary>Models to keep loaded, as the configuration names them.</summary>
    public ImmutableArray<string> Warm { get; init; } = [];

    public ProviderView? Find(string name) =>
        Providers.FirstOrDefault(p => p.Provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What the configuration says of one model name.</summary>
/// <param name="Target"><c>provider/model</c> it stands for; null when only its properties are set.</param>
public sealed record ModelSettings(string? Target)
{
    public int? ContextWindow { get; init; }

    public int? MaxOutputTokens { get; init; }

    public bool? TakesImages { get; init; }

    public string? DisplayName { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public string? ReasoningEffort { get; init; }
}
