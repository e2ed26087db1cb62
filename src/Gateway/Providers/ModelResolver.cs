using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>
/// Finds the provider for a model name: an entry of <c>Models</c>, then the longest provider name before a slash,
/// then the one provider that offers the bare name, then the default provider.
/// </summary>
public static class ModelResolver
{
    private const int CandidatesShown = 5;

    /// <summary>Resolves against one snapshot; letters' case matters in model names (backends differ by it), not in provider names.</summary>
    public static ModelResolution Resolve(ProviderSnapshot snapshot, string requested) =>
        ResolveWithoutAdvice(snapshot, requested) switch
        {
            ModelResolution.Unknown { RefusedBy: null } => new ModelResolution.Unknown(requested, Nearest(snapshot, requested)),
            ModelResolution.Unknown refused => refused with { Requested = requested },
            var other => other,
        };

    /// <summary>The listed names nearest to one that does not work, for error texts.</summary>
    public static ImmutableArray<string> Nearest(ProviderSnapshot snapshot, string requested) =>
        NearestNames.Of(requested, ClientModel.AllOf(snapshot).Where(m => m.IsListed).Select(m => m.Name), CandidatesShown);

    /// <summary>As <see cref="Resolve"/>, but an unknown name comes without candidates.</summary>
    internal static ModelResolution ResolveWithoutAdvice(ProviderSnapshot snapshot, string requested)
    {
        if (!snapshot.Models.TryGetValue(requested, out var alias) || alias.Target is not { } target)
            return ResolveName(snapshot, requested);

        // A target is a model's own name, never another entry of Models: chains could loop.
        var resolution = ResolveName(snapshot, target);
        return resolution is ModelResolution.Resolved resolved
            ? resolved with { Settings = Complete(alias, resolved.Settings) }
            : resolution;
    }

    /// <summary>The provider that gets names nobody offers; null when the choice is not clear.</summary>
    public static ProviderView? DefaultOf(ProviderSnapshot snapshot)
    {
        if (snapshot.DefaultProvider is { } name)
            return snapshot.Find(name);
        var configured = snapshot.Providers.Where(IsConfigured).Take(2).ToArray();
        return configured is [var only] ? only : null;
    }

    private static ModelResolution ResolveName(ProviderSnapshot snapshot, string name)
    {
        if (name.Length == 0)
            return new ModelResolution.Unknown(name, []);
        if (FindByPrefix(snapshot, name) is var (provider, model))
            return ResolveWithin(snapshot, provider, name, model);

        var offering = snapshot.Providers.Where(p => ModelOffer.Find(p, name) is not null).ToImmutableArray();
        if (offering.Length > 1)
            return new ModelResolution.Ambiguous(name, [.. offering.Select(p => Prefixed(p, name))]);
        return (offering is [var only] ? only : DefaultOf(snapshot)) is { } chosen
            ? ResolveWithin(snapshot, chosen, name, name)
            : new ModelResolution.Unknown(name, []);
    }

    private static (ProviderView Provider, string Model)? FindByPrefix(ProviderSnapshot snapshot, string name)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            if (slash < name.Length - 1 && snapshot.Find(name[..slash]) is { } provider)
                return (provider, name[(slash + 1)..]);
        }
        return null;
    }

    private static ModelResolution ResolveWithin(ProviderSnapshot snapshot, ProviderView provider, string requested, string model)
    {
        var offer = ModelOffer.Lookup(provider, model);
        if (!ModelOffer.Allows(provider.Provider, model, offer.UpstreamModel))
        {
            var allowed = provider.Provider.AllowedModels.Select(m => Prefixed(provider, m));
            return new ModelResolution.Unknown(requested, NearestNames.Of(requested, allowed, CandidatesShown)) { RefusedBy = provider.Provider.Name };
        }
        return new ModelResolution.Resolved(provider, offer.UpstreamModel, offer.Known, SettingsOf(snapshot, provider, requested, offer.UpstreamModel));
    }

    private static ModelSettings? SettingsOf(ProviderSnapshot snapshot, ProviderView provider, string requested, string upstream)
    {
        ModelSettings? settings = null;
        foreach (var name in (string[])[requested, Prefixed(provider, upstream), upstream])
        {
            if (snapshot.Models.TryGetValue(name, out var found) && found.Target is null)
                settings = settings is null ? found : Complete(settings, found);
        }
        return settings;
    }

    private static ModelSettings Complete(ModelSettings first, ModelSettings? second) => second is null ? first : first with
    {
        ContextWindow = first.ContextWindow ?? second.ContextWindow,
        MaxOutputTokens = first.MaxOutputTokens ?? second.MaxOutputTokens,
        TakesImages = first.TakesImages ?? second.TakesImages,
        DisplayName = first.DisplayName ?? second.DisplayName,
        Temperature = first.Temperature ?? second.Temperature,
        TopP = first.TopP ?? second.TopP,
        ReasoningEffort = first.ReasoningEffort ?? second.ReasoningEffort,
    };

    private static bool IsConfigured(ProviderView view) =>
        view.Provider.Origin is ProviderOrigin.Configured or ProviderOrigin.CommandLine;

    private static string Prefixed(ProviderView provider, string model) => $"{provider.Provider.Name}/{model}";
}
