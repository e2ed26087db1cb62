namespace Codex.Gateway.Providers;

/// <summary>A name that a client can ask for, and what it gets.</summary>
/// <param name="IsListed">False for further names of a model that is listed under another one.</param>
public sealed record ClientModel(string Name, bool IsListed, ModelResolution.Resolved Target)
{
    /// <summary>
    /// Every name that works, listed or not: entries of <c>Models</c> first, then configured providers, discovered
    /// ones and the embedded one. A model is listed by its bare name where that is unique, else as
    /// <c>provider/model</c>; the longer name works always and is there unlisted, since Codex looks a model's
    /// properties up by the exact name. Only names that resolve to the very model are returned.
    /// </summary>
    public static IEnumerable<ClientModel> AllOf(ProviderSnapshot snapshot)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (alias, settings) in snapshot.Models.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (settings.Target is not null && ModelResolver.ResolveWithoutAdvice(snapshot, alias) is ModelResolution.Resolved resolved && seen.Add(alias))
                yield return new ClientModel(alias, IsListed: true, resolved);
        }
        foreach (var view in snapshot.Providers.OrderBy(p => Rank(p.Provider.Origin)))
        {
            foreach (var offer in ModelOffer.AllOf(view))
            {
                var bare = Named(snapshot, view, offer, offer.Name, offer.IsPrimary);
                if (bare is not null && seen.Add(bare.Name))
                    yield return bare;
                var prefixed = Named(snapshot, view, offer, $"{view.Provider.Name}/{offer.Name}", offer.IsPrimary && bare is null);
                if (prefixed is not null && seen.Add(prefixed.Name))
                    yield return prefixed;
            }
        }
    }

    private static ClientModel? Named(ProviderSnapshot snapshot, ProviderView view, ModelOffer offer, string name, bool isListed) =>
        ModelResolver.ResolveWithoutAdvice(snapshot, name) is ModelResolution.Resolved resolved
            && ReferenceEquals(resolved.Provider, view)
            && resolved.UpstreamModel == offer.UpstreamModel
            ? new ClientModel(name, isListed, resolved)
            : null;

    private static int Rank(ProviderOrigin origin) => origin switch
    {
        ProviderOrigin.CommandLine => 0,
        ProviderOrigin.Configured => 1,
        ProviderOrigin.Discovered => 2,
        _ => 3,
    };
}
