using System.Collections.Concurrent;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Warmth;

/// <summary>Remembers which models a provider has ever listed: some hosts leave those out that are not loaded.</summary>
internal sealed class SeenModels : IDisposable
{
    private readonly ConcurrentDictionary<ModelKey, bool> _seen = new();
    private readonly ProviderDirectory _directory;

    public SeenModels(ProviderDirectory directory)
    {
        _directory = directory;
        directory.Changed += Note;
        Note(directory.Current);
    }

    public bool Contains(ModelKey key) => _seen.ContainsKey(key);

    public void Dispose() => _directory.Changed -= Note;

    private void Note(ProviderSnapshot snapshot)
    {
        foreach (var view in snapshot.Providers)
        {
            foreach (var model in view.Models)
                _seen.TryAdd(new ModelKey(view.Provider.Name, model.Id), true);
        }
    }
}
