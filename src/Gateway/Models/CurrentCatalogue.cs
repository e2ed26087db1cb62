using System.Runtime.CompilerServices;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Models;

/// <summary>The catalogue of the current snapshot, written once per snapshot and list of allowed models.</summary>
public sealed class CurrentCatalogue(ProviderDirectory directory)
{
    /// <summary>Goes with the keys, which a change of the configuration replaces.</summary>
    private readonly ConditionalWeakTable<GatewayKey, Entry> _ofKeys = [];

    private Entry? _whole;

    /// <param name="key">Whose models are shown; null shows all.</param>
    public Catalogue Get(GatewayKey? key)
    {
        var snapshot = directory.Current;
        if (key is null || key.Models.IsEmpty)
        {
            if (Volatile.Read(ref _whole) is not { } whole || !ReferenceEquals(whole.Snapshot, snapshot))
                Volatile.Write(ref _whole, whole = new Entry(snapshot, CatalogueWriter.Write(snapshot)));
            return whole.Catalogue;
        }

        if (!_ofKeys.TryGetValue(key, out var part) || !ReferenceEquals(part.Snapshot, snapshot))
        {
            part = new Entry(snapshot, CatalogueWriter.Write(snapshot, model => ModelAccess.Allows(key, snapshot, model.Name, model.Target)));
            _ofKeys.AddOrUpdate(key, part);
        }

        return part.Catalogue;
    }

    private sealed record Entry(ProviderSnapshot Snapshot, Catalogue Catalogue);
}
