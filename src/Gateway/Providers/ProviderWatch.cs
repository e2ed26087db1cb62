using System.Threading.Channels;

namespace Codex.Gateway.Providers;

/// <summary>Refreshes the directory in the background for as long as the gateway runs.</summary>
internal sealed class ProviderWatch(ProviderDirectory directory, ProviderRefresh refresh, DiscoveryPlan plan, TimeProvider time, ILogger<ProviderWatch> logger) : BackgroundService
{
    /// <summary>How long the start waits for the first round, so that what is printed is complete.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(30);

    // Someone who has just started the gateway is likely to start the backend next.
    private static readonly TimeSpan EagerPause = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Update(EmbeddedProvider.AddTo);
        directory.Changed += WakeForNewProviders;
        await base.StartAsync(cancellationToken);
        try
        {
            await _firstRound.Task.WaitAsync(StartDeadline, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.LogDebug("The first round of asking providers takes longer than the start waits.");
        }
    }

    public override void Dispose()
    {
        directory.Changed -= WakeForNewProviders;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 0; !stoppingToken.IsCancellationRequested; round++)
        {
            await RoundAsync(asksForLists: round % 2 == 0, stoppingToken);
            _firstRound.TrySetResult();
            // The providers that this round itself added have been asked.
            if (!directory.Current.Providers.Any(IsNew))
                _wake.Reader.TryRead(out _);
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(Pause(), time, pause.Token), _wake.Reader.ReadAsync(pause.Token).AsTask());
            await pause.CancelAsync();
        }
    }

    private async Task RoundAsync(bool asksForLists, CancellationToken cancellation)
    {
        try
        {
            await refresh.DiscoverAsync(plan, cancellation);
            if (asksForLists || directory.Current.Providers.Any(IsNew))
                await refresh.AskAllAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private TimeSpan Pause() =>
        !plan.Places.IsEmpty && directory.Current.Providers.All(v => v.Provider.Origin == ProviderOrigin.Embedded) ? EagerPause : UsualPause;

    private void WakeForNewProviders(ProviderSnapshot snapshot)
    {
        if (snapshot.Providers.Any(IsNew))
            _wake.Writer.TryWrite(true);
    }

    private static bool IsNew(ProviderView view) => view.AskedAt is null && view.Provider.Origin != ProviderOrigin.Embedded;
}
