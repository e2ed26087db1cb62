using System.Runtime.CompilerServices;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Gateway.Warmth;

namespace Codex.Gateway.Models;

/// <summary>The catalogue of the current snapshot.</summary>
public sealed class CurrentCatalogue(ProviderDirectory directory, ModelWarmth warmth)
{
    /// <summary>Goes with the keys, which a change of the configuration replaces.</summary>
    private readonly ConditionalWeakTable<GatewayKey, Entry> _ofKeys = [];

    private Entry? _whole;

    /// <summary>Written once per snapshot and list of allowed models: the same bytes for as long as these are the same.</summary>
    /// <param name="key">Whose models are shown; null shows all.</param>
    public Catalogue Get(GatewayKey? key) => EntryOf(key).Catalogue;

    /// <summary>With the state of each model, which may be another one a second later.</summary>
    /// <param name="key">As above.</param>
    public Catalogue GetWithStates(GatewayKey? key)
    {
        var entry = EntryOf(key);
        return CatalogueWriter.WriteWithStates(entry.Snapshot, entry.Catalogue, StateOf, Shows(key, entry.Snapshot));
    }

    public ModelState StateOf(ModelResolution.Resolved target) => warmth.StateOf(target);

    private static Func<ClientModel, bool>? Shows(GatewayKey? key, ProviderSnapshot snapshot) =>
        key is null || key.Models.IsEmpty ? null : model => ModelAccess.Allows(key, snapshot, model.Name, model.Target);

    private Entry EntryOf(GatewayKey? key)
    {
        var snapshot = directory.Current;
        if (Shows(key, snapshot) is not { } shows)
        {
            if (Volatile.Read(ref _whole) is not { } whole || !ReferenceEquals(whole.Snapshot, snapshot))
                Volatile.Write(ref _whole, whole = new Entry(snapshot, CatalogueWriter.Write(snapshot)));
            return whole;
        }

        if (!_ofKeys.TryGetValue(key!, out var part) || !ReferenceEquals(part.Snapshot, snapshot))
        {
            part = new Entry(snapshot, CatalogueWriter.Write(snapshot, shows));
            _ofKeys.AddOrUpdate(key!, part);
        }

        return part;
    }

    private sealed record Entry(ProviderSnapshot Snapshot, Catalogue Catalogue);
}
