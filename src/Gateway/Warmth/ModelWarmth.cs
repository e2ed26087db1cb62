using System.Collections.Concurrent;
using System.Collections.Immutable;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>
/// Knows which models can answer at once, and makes requests wait for the others: whatever waits for a model, it is
/// loaded once.
/// </summary>
public sealed partial class ModelWarmth
{
    /// <summary>Names of models come from clients: beyond this many, what is known of idle ones is forgotten.</summary>
    private const int MostModels = 4096;

    /// <summary>A model that answered this lately is not asked for.</summary>
    private static readonly TimeSpan SurelyLoaded = TimeSpan.FromSeconds(30);

    /// <summary>How long one answer on residency holds.</summary>
    private static readonly TimeSpan ResidencyAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ListDeadline = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ModelKey, ModelEntry> _models = new();
    private readonly WarmUpTools _tools;
    private readonly ResidencyCheck _residency;
    private readonly ProviderRefresh _refresh;
    private readonly ContextGuard _guard;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelWarmth> _log;

    internal ModelWarmth(
        WarmUpCall call, SeenModels seen, ResidencyCheck residency, ProviderRefresh refresh, ContextGuard guard, TimeProvider time, ILogger<ModelWarmth> log)
    {
        _tools = new WarmUpTools(call, seen.Contains, LearnLoadedAsync, time);
        _residency = residency;
        _refresh = refresh;
        _guard = guard;
        _time = time;
        _log = log;
    }

    /// <summary>Before the first attempt: waits while the model is being loaded, or is known not to be.</summary>
    /// <returns>Null when the request may go.</returns>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async ValueTask<Failure?> EnsureAsync(Exchange exchange, CancellationToken cancellation)
    {
        if (RequestOf(exchange) is not { } request)
            return null;
        var residency = BackendRegistry.For(exchange.Provider.Dialect.Name).Residency;
        if (residency is null && !_models.ContainsKey(request.Key))
            return null;
        var entry = EntryOf(request.Key);
        if (entry.WarmUp is not null)
            return await WaitAsync(entry, request, WarmthFailures.NotLoaded(request), cancellation) ?? _guard.CheckLoaded(exchange, entry.Residency.Window);
        if (residency is null)
            return null;
        if (entry.HeardWithin(SurelyLoaded) && _guard.CheckLoaded(exchange, entry.Residency.Window) is null)
            return null;
        if (await AskAsync(entry, residency, request, ResidencyAge) is { IsLoaded: false }
            && await WaitAsync(entry, request, WarmthFailures.NotLoaded(request), cancellation) is { } failure)
            return failure;
        return _guard.CheckLoaded(exchange, entry.Residency.Window);
    }

    /// <summary>The failure as <see cref="FailureKind.Cold"/> where it means that the model is not there yet.</summary>
    public Failure Read(Exchange exchange, Failure failure) =>
        ColdSigns.Read(failure, exchange.Provider, exchange.Target.Known is not null || _tools.WasListed(KeyOf(exchange)));

    /// <summary>After an attempt that failed because the model is cold: joins its warm-up, or begins one.</summary>
    /// <returns>Null when the request may be tried again.</returns>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async ValueTask<Failure?> WarmAsync(Exchange exchange, Failure sign, CancellationToken cancellation)
    {
        if (RequestOf(exchange) is not { } request)
            return sign;
        var entry = EntryOf(request.Key);
        return await WaitAsync(entry, request, sign.Message, cancellation) ?? _guard.CheckLoaded(exchange, entry.Residency.Window);
    }

    /// <summary>The model has begun to answer.</summary>
    public void Answered(Exchange exchange) => EntryOf(KeyOf(exchange)).Hear();

    /// <summary>Loads a model for its own sake.</summary>
    /// <param name="isSure">Asks it for a token even where the backend says that it is loaded.</param>
    /// <returns>Null when it is loaded.</returns>
    public async Task<Failure?> LoadAsync(WarmRequest request, bool isSure, CancellationToken cancellation)
    {
        var entry = EntryOf(request.Key);
        if (!isSure && entry.WarmUp is null
            && BackendRegistry.For(request.Provider.Dialect.Name).Residency is { } residency
            && await AskAsync(entry, residency, request, ResidencyAge) is { IsLoaded: true })
        {
            entry.Hear();
            return null;
        }

        return await WaitAsync(entry, request, WarmthFailures.NotLoaded(request), cancellation);
    }

    /// <summary>Whether the model has said anything within this time.</summary>
    public bool HasAnsweredWithin(ModelKey key, TimeSpan span) => _models.TryGetValue(key, out var entry) && entry.HeardWithin(span);

    /// <summary>The embedded model is always there.</summary>
    public ModelState StateOf(ModelResolution.Resolved target) => target.Provider.Provider.Origin == ProviderOrigin.Embedded
        ? ModelState.Warm.Instance
        : StateOf(new ModelKey(target.Provider.Provider.Name, target.UpstreamModel), target.Provider.Provider.Dialect.Name);

    public ModelState StateOf(ModelKey key, string dialect) =>
        _models.TryGetValue(key, out var entry) ? Report(entry, dialect).State : ModelState.Unknown.Instance;

    /// <summary>Every model that was used or waited for.</summary>
    /// <param name="snapshot">Tells of each provider's backend how long it keeps models.</param>
    public ImmutableArray<ModelReport> Snapshot(ProviderSnapshot snapshot) =>
        [.. _models.Values.Select(e => Report(e, snapshot.Find(e.Key.Provider)?.Provider.Dialect.Name ?? ""))];

    private static ModelReport Report(ModelEntry entry, string dialect) => entry.Report(BackendRegistry.For(dialect).UnloadsAfter);

    private static ModelKey KeyOf(Exchange exchange) => new(exchange.Provider.Name, exchange.UpstreamModel);

    /// <summary>Null for what a question to a chat model would tell nothing of.</summary>
    private static WarmRequest? RequestOf(Exchange exchange) =>
        exchange.Provider.Origin != ProviderOrigin.Embedded
        && (exchange.Plan is not null || exchange.UpstreamPath == "/chat/completions")
        && exchange.Target.Known is not { WritesText: false }
            ? new WarmRequest(exchange.Provider, exchange.Model, exchange.UpstreamModel, exchange.Credentials)
            : null;

    private ModelEntry EntryOf(ModelKey key)
    {
        if (_models.TryGetValue(key, out var entry))
            return entry;
        if (_models.Count >= MostModels)
        {
            foreach (var idle in _models.Values.Where(e => e.WarmUp is null))
                _models.TryRemove(idle.Key, out _);
        }

        return _models.GetOrAdd(key, static (k, time) => new ModelEntry(k, time), _time);
    }

    private async Task<Residency?> AskAsync(ModelEntry entry, ResidencyQuestion question, WarmRequest request, TimeSpan maxAge)
    {
        var residency = await entry.Residency.GetAsync(maxAge, _time, () => _residency.AskAsync(question, request));
        if (residency is { IsLoaded: false } && entry.WarmUp is null)
            entry.NoteCold(WarmthFailures.NotLoaded(request));
        return residency;
    }

    private async Task<Failure?> WaitAsync(ModelEntry entry, WarmRequest request, string sign, CancellationToken cancellation)
    {
        while (true)
        {
            var (warmUp, isNew) = entry.GetOrBegin(request, sign, _tools);
            switch (warmUp.Join(request, out var waiter))
            {
                case Joining.Over:
                    continue;
                case Joining.Full:
                    return WarmthFailures.QueueFull(request, warmUp.Elapsed);
                default:
                    if (isNew)
                        Begin(entry, warmUp, request, sign);
                    return await warmUp.WaitAsync(waiter, cancellation);
            }
        }
    }

    private void Begin(ModelEntry entry, WarmUp warmUp, WarmRequest request, string sign)
    {
        LogBegun(request.UpstreamModel, request.Provider.Name, sign);
        _ = warmUp.RunAsync(end =>
        {
            entry.End(warmUp, end);
            var seconds = warmUp.Elapsed.TotalSeconds;
            switch (end)
            {
                case WarmUpEnd.Loaded:
                    LogLoaded(request.UpstreamModel, request.Provider.Name, seconds);
                    break;
                case WarmUpEnd.Failed failed:
                    LogFailed(request.UpstreamModel, request.Provider.Name, seconds, failed.Failure.Message);
                    break;
                case WarmUpEnd.Abandoned:
                    LogAbandoned(request.UpstreamModel, request.Provider.Name, seconds);
                    break;
            }
        });
    }

    /// <summary>A window that was only assumed is known now, and one that was known may be another.</summary>
    private async Task LearnLoadedAsync(WarmRequest request, CancellationToken cancellation)
    {
        if (BackendRegistry.For(request.Provider.Dialect.Name).Residency is not { } residency)
            return;
        var entry = EntryOf(request.Key);
        if (await entry.Residency.GetAsync(TimeSpan.Zero, _time, () => _residency.AskAsync(residency, request)) is { IsLoaded: false })
            entry.Residency.GiveUp();
        var authorization = request.Credentials.Headers.FirstOrDefault(h => h.Key == "Authorization").Value;
        try
        {
            await _refresh.AskAgainAsync(request.Provider.Name, authorization, cancellation).WaitAsync(ListDeadline, _time, cancellation);
        }
        catch (TimeoutException)
        {
            // The next round of asking for lists brings it.
        }
    }

    [LoggerMessage(LogLevel.Information, "Loading {Model} of {Provider}: {Sign}")]
    private partial void LogBegun(string model, string provider, string sign);

    [LoggerMessage(LogLevel.Information, "Loaded {Model} of {Provider} in {Seconds:0.0} s")]
    private partial void LogLoaded(string model, string provider, double seconds);

    [LoggerMessage(LogLevel.Warning, "Could not load {Model} of {Provider} in {Seconds:0.0} s: {Reason}")]
    private partial void LogFailed(string model, string provider, double seconds, string reason);

    [LoggerMessage(LogLevel.Information, "Nobody waits any more for {Model} of {Provider}, after {Seconds:0.0} s")]
    private partial void LogAbandoned(string model, string provider, double seconds);
}
