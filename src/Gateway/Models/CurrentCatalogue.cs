using Codex.Gateway.Providers;

namespace Codex.Gateway.Models;

/// <summary>The catalogue of the current snapshot, written once per snapshot.</summary>
public sealed class CurrentCatalogue(ProviderDirectory directory)
{
    private Entry? _last;

    public Catalogue Get()
    {
        var snapshot = directory.Current;
        if (Volatile.Read(ref _last) is { } last && ReferenceEquals(last.Snapshot, snapshot))
            return last.Catalogue;
        var catalogue = CatalogueWriter.Write(snapshot);
        Volatile.Write(ref _last, new Entry(snapshot, catalogue));
        return catalogue;
    }

    private sealed record Entry(ProviderSnapshot Snapshot, Catalogue Catalogue);
}
