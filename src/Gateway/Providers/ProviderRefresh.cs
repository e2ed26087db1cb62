using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>Keeps the directory in step with what runs: backends of this machine, and everybody's models.</summary>
public sealed class ProviderRefresh(ProviderDirectory directory, Discovery discovery, ModelListReader reader, TimeProvider time)
{
    /// <summary>How long a request with an unknown model name waits for the lists.</summary>
    public static readonly TimeSpan LookupDeadline = TimeSpan.FromSeconds(2);

    // Names that stay unknown must not make the gateway ask all backends again for each request.
    private static readonly TimeSpan LookupPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    private Task? _running;

    private DateTimeOffset _lastLookup = DateTimeOffset.MinValue;

    /// <summary>Looks for backends and asks all providers for their models, once; also without the server.</summary>
    public static async Task RefreshOnceAsync(ProviderDirectory directory, DiscoveryPlan plan, TimeProvider time, CancellationToken cancellation)
    {
        using var client = new BackendClient();
        var discovery = new Discovery(client, time);
        var refresh = new ProviderRefresh(directory, discovery, new ModelListReader(client, discovery, time), time);
        directory.Update(EmbeddedProvider.AddTo);
        await refresh.DiscoverAsync(plan, cancellation);
        await refresh.AskAllAsync(cancellation);
    }

    /// <summary>Asks the places of the plan and adds or removes discovered providers.</summary>
    public async Task DiscoverAsync(DiscoveryPlan plan, CancellationToken cancellation)
    {
        var findings = await discovery.LookAsync(plan, cancellation);
        directory.Update(snapshot => DiscoveredProviders.Apply(snapshot, findings));
    }

    /// <summary>Asks every provider for its models; joins a round that is under way.</summary>
    public Task AskAllAsync(CancellationToken cancellation) => JoinRound(clientAuthorization: null, cancellation).WaitAsync(cancellation);

    /// <summary>
    /// Resolves a name; when it is unknown, asks the providers for their lists first, at most <see cref="LookupDeadline"/> long.
    /// </summary>
    /// <param name="clientAuthorization">Lets hosts that use the client's own key list their models to it; kept nowhere.</param>
    public async ValueTask<ModelResolution> ResolveAsync(string model, string? clientAuthorization, CancellationToken cancellation)
    {
        var resolution = ModelResolver.Resolve(directory.Current, model);
        if (resolution is not ModelResolution.Unknown { RefusedBy: null } || !MayLookUp())
            return resolution;
        try
        {
            await JoinRound(clientAuthorization, CancellationToken.None).WaitAsync(LookupDeadline, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The round goes on; whoever asks next profits from it.
        }
        return ModelResolver.Resolve(directory.Current, model);
    }

    /// <summary>Asks one provider for its models again, as after a load that may have changed their windows.</summary>
    /// <param name="clientAuthorization">As above.</param>
    public async Task AskAgainAsync(string provider, string? clientAuthorization, CancellationToken cancellation)
    {
        if (directory.Current.Find(provider) is not { } view)
            return;
        var now = await reader.ReadAsync(view, clientAuthorization, cancellation);
        directory.Update(snapshot => Replace(snapshot, snapshot.Find(provider) is { } present && present.Provider == view.Provider ? present : view, now));
    }

    private bool MayLookUp()
    {
        lock (_gate)
        {
            if (_running is { IsCompleted: false })
                return true;
            var now = time.GetUtcNow();
            if (now - _lastLookup < LookupPause)
                return false;
            _lastLookup = now;
            return true;
        }
    }

    private Task JoinRound(string? clientAuthorization, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_running is null or { IsCompleted: true })
                _running = AskEachAsync(directory.Current.Providers, clientAuthorization, cancellation);
            return _running;
        }
    }

    private Task AskEachAsync(ImmutableArray<ProviderView> views, string? clientAuthorization, CancellationToken cancellation) =>
        Task.WhenAll(views.Where(v => v.Provider.Origin != ProviderOrigin.Embedded).Select(async view =>
        {
            var now = await reader.ReadAsync(view, clientAuthorization, cancellation);
            directory.Update(snapshot => Replace(snapshot, view, now));
        }));

    /// <summary>Nothing happens when the provider was changed or removed meanwhile: it is asked again as what it is now.</summary>
    private static ProviderSnapshot Replace(ProviderSnapshot snapshot, ProviderView before, ProviderView now)
    {
        var place = snapshot.Providers.IndexOf(before);
        if (place < 0)
            return snapshot;
        // A list that says the same keeps the snapshot, and with it whatever is computed from it.
        return now.Provider == before.Provider && now.Problem == before.Problem && now.IsDown == before.IsDown && before.AskedAt is not null && HasSameModels(before, now)
            ? snapshot
            : snapshot with { Providers = snapshot.Providers.SetItem(place, now) };
    }

    private static bool HasSameModels(ProviderView before, ProviderView now) =>
        before.Models.Length == now.Models.Length && before.Models.Zip(now.Models).All(pair => pair.First.SameAs(pair.Second));
}
