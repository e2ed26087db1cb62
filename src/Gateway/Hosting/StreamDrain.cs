using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Hosting;

/// <summary>
/// Lets open requests finish when the gateway is told to stop, and ends those that take longer than the drain time
/// with an error of their own instead of a cut connection.
/// </summary>
public sealed class StreamDrain : IDisposable
{
    /// <summary>What ended streams get to reach their clients before the server closes the connections.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _cut;
    private readonly CancellationTokenRegistration _stopping;
    private readonly CancellationTokenRegistration _stopped;
    private long _began;
    private int _open;
    private int _openAtStop;
    private int _wereCut;

    public StreamDrain(GatewaySettings settings, IHostApplicationLifetime lifetime, ILogger log, TimeProvider time)
    {
        _log = log.ForContext<StreamDrain>();
        _time = time;
        _limit = settings.DrainTime;
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = lifetime.ApplicationStopping.Register(Begin);
        _stopped = lifetime.ApplicationStopped.Register(Report);
    }

    /// <summary>Cancelled when what is still open has to end.</summary>
    public CancellationToken Cut => _cut.Token;

    public bool IsStopping { get; private set; }

    /// <summary>Requests to models that are under way.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Counts a request until the result is disposed.</summary>
    public Passage Enter()
    {
        Interlocked.Increment(ref _open);
        return new Passage(this);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stopped.Dispose();
        _cut.Dispose();
    }

    private void Begin()
    {
        IsStopping = true;
        _began = _time.GetTimestamp();
        _openAtStop = Open;
        _cut.CancelAfter(_limit);
        if (_openAtStop > 0)
            _log.Information("Stopping: {Open} open requests have {Seconds} s to finish", _openAtStop, _limit.TotalSeconds);
    }

    private void Report()
    {
        if (_openAtStop == 0)
            return;
        _log.Information(
            "Stopped after {Seconds:0.0} s: {Finished} requests finished, {Cut} were cut",
            _time.GetElapsedTime(_began).TotalSeconds,
            _openAtStop - _wereCut,
            _wereCut);
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _open);
        if (_cut.IsCancellationRequested)
            Interlocked.Increment(ref _wereCut);
    }

    /// <summary>One request on its way through.</summary>
    public readonly struct Passage(StreamDrain drain) : IDisposable
    {
        public void Dispose() => drain.Leave();
    }
}
