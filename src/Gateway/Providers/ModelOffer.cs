namespace Codex.Gateway.Providers;

/// <summary>A name under which a provider offers a model.</summary>
/// <param name="Name">As a client writes it, without the provider's prefix.</param>
/// <param name="IsPrimary">False for a second name of a model that is offered under its own name too.</param>
public sealed record ModelOffer(string Name, string UpstreamModel, ProviderModel? Known, bool IsPrimary)
{
    /// <summary>
    /// What a provider offers: its aliases, the models it lists, and those it is allowed to serve although it does
    /// not list them (hosts hide models that are cold).
    /// </summary>
    public static IEnumerable<ModelOffer> AllOf(ProviderView view)
    {
        var provider = view.Provider;
        foreach (var (alias, upstream) in provider.Aliases.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (Allows(provider, alias, upstream))
                yield return new ModelOffer(alias, upstream, FindListed(view, upstream), IsPrimary: true);
        }
        foreach (var model in view.Models)
        {
            if (provider.Aliases.ContainsKey(model.Id) || !Allows(provider, model.Id, model.Id))
                continue;
            yield return new ModelOffer(model.Id, model.Id, model, IsPrimary: true);
            foreach (var name in model.OtherNames)
                yield return new ModelOffer(name, model.Id, model, IsPrimary: false);
        }
        foreach (var allowed in provider.AllowedModels)
        {
            if (!provider.Aliases.ContainsKey(allowed) && FindListed(view, allowed) is null)
                yield return new ModelOffer(allowed, allowed, Known: null, IsPrimary: true);
        }
    }

    /// <summary>The offer of this name, or null; the same as a search in <see cref="AllOf"/>, without building it.</summary>
    public static ModelOffer? Find(ProviderView view, string name)
    {
        var offer = Lookup(view, name);
        return Allows(view.Provider, name, offer.UpstreamModel)
            && (offer.Known is not null || view.Provider.Aliases.ContainsKey(name) || view.Provider.AllowedModels.Contains(name))
            ? offer
            : null;
    }

    /// <summary>What this name means to the provider, whether offered or not: an alias, a listed model, or the name itself.</summary>
    public static ModelOffer Lookup(ProviderView view, string name)
    {
        var upstream = view.Provider.Aliases.GetValueOrDefault(name, name);
        var known = FindListed(view, upstream);
        return new ModelOffer(name, known?.Id ?? upstream, known, IsPrimary: true);
    }

    /// <summary>An entry of <c>AllowedModels</c> may name the backend's model or an alias for it.</summary>
    public static bool Allows(Provider provider, string name, string upstream) =>
        provider.AllowedModels.IsEmpty || provider.AllowedModels.Contains(name) || provider.AllowedModels.Contains(upstream);

    private static ProviderModel? FindListed(ProviderView view, string upstream) =>
        view.Models.FirstOrDefault(m => m.Id == upstream) ?? view.Models.FirstOrDefault(m => m.OtherNames.Contains(upstream));
}
