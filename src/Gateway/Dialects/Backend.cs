using System.Collections.Immutable;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Dialects;

/// <summary>
/// How one kind of backend is operated: where it is found, how it is recognised and what it tells of its models.
/// How it speaks chat/completions is said by the dialect of the same name.
/// </summary>
public sealed record Backend
{
    /// <summary>The name of the dialect, and of a provider that was found.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Where it listens on a user's machine unless told otherwise; null for what runs elsewhere.</summary>
    public int? WellKnownPort { get; init; }

    /// <summary>Hosts that are this backend, they themselves and all below them.</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    /// <summary>Questions whose answers <see cref="Recognises"/> needs beyond the list of models.</summary>
    public ImmutableArray<BackendQuestion> Marks { get; init; } = [];

    /// <summary>Whether these answers can only be this backend's; null when it is known by its host alone.</summary>
    public Func<BackendAnswers, bool>? Recognises { get; init; }

    /// <summary>Questions for a list of models, asked side by side. The first must be answered.</summary>
    public ImmutableArray<BackendQuestion> Lists { get; init; } = [BackendQuestion.Models];

    /// <summary>Questions that follow from the lists, such as one for each model.</summary>
    public Func<BackendAnswers, IEnumerable<BackendQuestion>> Details { get; init; } = _ => [];

    public Func<BackendAnswers, ImmutableArray<ProviderModel>> ReadModels { get; init; } = OpenAiModelList.Read;

    /// <summary>How it is asked whether a model is loaded; null where it cannot tell. Its windows may change with every load.</summary>
    public ResidencyQuestion? Residency { get; init; }

    /// <summary>Asks for a model to stay loaded until the question is repeated; null where only using it does that.</summary>
    public Func<string, BackendQuestion>? KeepLoaded { get; init; }

    /// <summary>After this long without a request a model may be put away, unless told otherwise.</summary>
    public TimeSpan UnloadsAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What a user does to get a context window of this many tokens, as an imperative without a stop.</summary>
    public Func<int, string>? WidenWindow { get; init; }

    /// <summary>A prompt that is too long is not refused but cut from the front, tools and instructions first (symptom 50).</summary>
    public bool CutsSilently { get; init; }

    /// <summary>Tokens, by the beginning of a model's name, for hosts whose list does not say; the longest that fits counts.</summary>
    public ImmutableDictionary<string, int> ContextWindows { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>With what each of its keys begins; null when nothing is known of them.</summary>
    public KeyRule? Keys { get; init; }

    /// <summary>True when this host hides a refused key behind an error of its own: an error of its list of models is then most often the key's.</summary>
    public bool HidesRefusedKeys { get; init; }

    /// <summary>
    /// Headers that say until when a limit on requests or tokens lasts; each counts while the header of the same name
    /// with <c>remaining</c> in place of <c>reset</c> is 0 or absent.
    /// </summary>
    public ImmutableArray<string> LimitResets { get; init; } = [];

    /// <summary>The models, completed by <see cref="ContextWindows"/>.</summary>
    public ImmutableArray<ProviderModel> ModelsOf(BackendAnswers answers) =>
        [.. ReadModels(answers).Select(m => m.ContextWindow is null ? m with { ContextWindow = TabledWindow(m.Id) } : m)];

    /// <summary>The dialect of this name.</summary>
    public Dialect Dialect => DialectRegistry.Find(Name) ?? DialectRegistry.Generic;

    public bool IsHost(Uri address) =>
        HostNames.Any(h => address.Host.Equals(h, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + h, StringComparison.OrdinalIgnoreCase));

    private int? TabledWindow(string model)
    {
        var fitting = ContextWindows.Keys.Where(k => model.StartsWith(k, StringComparison.OrdinalIgnoreCase)).MaxBy(k => k.Length);
        return fitting is null ? null : ContextWindows[fitting];
    }
}
