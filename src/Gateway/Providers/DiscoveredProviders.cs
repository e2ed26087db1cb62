using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>Brings a snapshot in step with what was found on this machine.</summary>
public static class DiscoveredProviders
{
    /// <summary>
    /// A place that a configured provider has already gives no second one. What is known of a backend that is
    /// still there stays; one that only did not answer in time stays too.
    /// </summary>
    public static ProviderSnapshot Apply(ProviderSnapshot snapshot, ImmutableArray<Finding> findings)
    {
        var after = snapshot;
        foreach (var finding in findings)
        {
            var present = after.Providers.FirstOrDefault(v => v.Provider.Origin == ProviderOrigin.Discovered && IsAt(v, finding.Place));
            var configured = after.Providers.Any(v => v.Provider.Origin is not (ProviderOrigin.Discovered or ProviderOrigin.Embedded) && IsAt(v, finding.Place));
            var wanted = configured ? null : Wanted(finding, present);
            if (ReferenceEquals(present, wanted))
                continue;
            if (present is not null)
                after = after with { Providers = after.Providers.Remove(present) };
            if (wanted is not null)
                after = after with { Providers = after.Providers.Add(wanted with { Provider = wanted.Provider with { Name = FreeName(after, wanted.Provider.Name) } }) };
        }
        return after;
    }

    private static ProviderView? Wanted(Finding finding, ProviderView? present) => finding switch
    {
        Finding.Unclear => present,
        Finding.Found found when present?.Provider.Dialect.Name == found.Backend.Name => present,
        // What listens on this machine without asking for a key has no use for the client's.
        Finding.Found(var place, var backend) => new ProviderView(
            new Provider(backend.Name, ProviderOrigin.Discovered, backend.Dialect, [place]) { Key = new KeySource.NoKey() },
            [],
            AskedAt: null,
            Problem: null),
        _ => null,
    };

    private static bool IsAt(ProviderView view, Uri place) =>
        view.Provider.Replicas.Any(r => r.Port == place.Port && (r.Host == place.Host || (r.IsLoopback && place.IsLoopback)));

    private static string FreeName(ProviderSnapshot snapshot, string name)
    {
        var free = name;
        for (var number = 2; snapshot.Find(free) is not null; number++)
            free = $"{name}-{number}";
        return free;
    }
}
