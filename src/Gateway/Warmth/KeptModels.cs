using System.Globalization;
using System.Threading.Channels;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Warmth;

/// <summary>Loads the models of <c>Warm</c> and keeps them loaded for as long as the gateway runs.</summary>
internal sealed partial class KeptModels(
    ProviderDirectory directory, ModelWarmth warmth, BackendClient client, TimeProvider time, ILogger<KeptModels> log) : BackgroundService
{
    /// <summary>After a failure, or for a name that nobody offers yet.</summary>
    private static readonly TimeSpan SecondTry = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan KeepDeadline = TimeSpan.FromSeconds(30);

    /// <summary>How much of the time before a backend puts a model away passes before it is asked for again.</summary>
    private const double Margin = 0.8;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<string, Keeping> _kept = new(StringComparer.Ordinal);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        directory.Changed += Wake;
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        directory.Changed -= Wake;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Follow(directory.Current, stoppingToken);
            await _wake.Reader.ReadAsync(stoppingToken);
        }
    }

    /// <summary>Begins with names that are new, ends with those that are gone, and looks again at those that nobody offered.</summary>
    private void Follow(ProviderSnapshot snapshot, CancellationToken stopping)
    {
        foreach (var gone in _kept.Keys.Except(snapshot.Warm).ToList())
        {
            _kept.Remove(gone, out var keeping);
            keeping!.Stop.Cancel();
        }

        foreach (var name in snapshot.Warm)
        {
            if (_kept.TryGetValue(name, out var keeping))
            {
                keeping.Changed.Writer.TryWrite(true);
                continue;
            }

            keeping = new Keeping(CancellationTokenSource.CreateLinkedTokenSource(stopping));
            _kept.Add(name, keeping);
            _ = KeepAsync(name, keeping);
        }
    }

    private async Task KeepAsync(string name, Keeping keeping)
    {
        using var stop = keeping.Stop;
        string? told = null;
        ModelKey? kept = null;
        try
        {
            while (true)
            {
                string? problem = null;
                var pause = SecondTry;
                if (Find(name, out problem) is { } request)
                {
                    var backend = BackendRegistry.For(request.Provider.Dialect.Name);
                    var rest = backend.UnloadsAfter * Margin;
                    problem = await LoadAsync(request, backend, rest, isFirst: kept != request.Key, stop.Token);
                    if (problem is null)
                        (kept, pause) = (request.Key, rest);
                }

                if (problem is not null && problem != told)
                    LogNotKept(name, problem);
                told = problem;
                await PauseAsync(pause, isLookingForIt: problem is not null, keeping, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The name was taken away, or the gateway stops.
        }
    }

    private WarmRequest? Find(string name, out string? problem)
    {
        var resolution = ModelResolver.Resolve(directory.Current, name);
        problem = resolution switch
        {
            ModelResolution.Ambiguous ambiguous => ambiguous.Message,
            ModelResolution.Unknown unknown => unknown.Message,
            _ => null,
        };
        if (resolution is not ModelResolution.Resolved resolved)
            return null;
        var request = WarmRequest.For(resolved, name, clientAuthorization: null, out var unset);
        problem = unset is null ? null : string.Create(CultureInfo.InvariantCulture, $"the environment variable {unset} has no value; set it and restart the gateway.");
        return request;
    }

    /// <returns>Why it is not loaded, or null.</returns>
    private async Task<string?> LoadAsync(WarmRequest request, Backend backend, TimeSpan rest, bool isFirst, CancellationToken cancellation)
    {
        // Whoever uses it keeps it loaded; and a question of ours would push a conversation out of the prefix cache.
        if (isFirst || backend.KeepLoaded is not null || !warmth.HasAnsweredWithin(request.Key, rest))
        {
            var isSure = isFirst || backend.KeepLoaded is null;
            if (await warmth.LoadAsync(request, isSure, cancellation) is { } failure)
                return failure.Message;
        }

        if (backend.KeepLoaded is { } keep)
        {
            using var deadline = new CancellationTokenSource(KeepDeadline, time);
            await Task.WhenAll(request.Provider.Replicas.Select(replica =>
                client.AskAsync(replica, keep(request.UpstreamModel), request.Credentials.Headers, deadline.Token, cancellation)));
        }

        return null;
    }

    private async Task PauseAsync(TimeSpan pause, bool isLookingForIt, Keeping keeping, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var passed = Task.Delay(pause, time, either.Token);
        if (isLookingForIt)
            await Task.WhenAny(passed, keeping.Changed.Reader.ReadAsync(either.Token).AsTask());
        else
            await passed;
        await either.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private void Wake(ProviderSnapshot snapshot) => _wake.Writer.TryWrite(true);

    [LoggerMessage(LogLevel.Warning, "The model {Model} of Warm is not loaded: {Problem}")]
    private partial void LogNotKept(string model, string problem);

    private sealed record Keeping(CancellationTokenSource Stop)
    {
        public Channel<bool> Changed { get; } = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    }
}
