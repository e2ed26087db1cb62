namespace Codex.Gateway.Proxy;

/// <summary>Ends an upstream call when the client goes away or the time is up, and tells the two apart.</summary>
public sealed class RequestDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private CancellationTokenRegistration _stopping;

    /// <param name="started">Timestamp from which <see cref="Elapsed"/> counts, where that is not now.</param>
    public RequestDeadline(TimeSpan limit, TimeProvider time, CancellationToken clientGone, long? started = null)
    {
        Limit = limit;
        _time = time;
        _started = started ?? time.GetTimestamp();
        _timer = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, clientGone);
        ClientGone = clientGone;
    }

    /// <summary>The limit now in force.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>Since the first attempt of the request left; not touched by <see cref="Restart"/>.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public CancellationToken Token => _either.Token;

    public CancellationToken ClientGone { get; }

    /// <summary>True when the time was up before anything else ended the call.</summary>
    public bool Passed => _timer.IsCancellationRequested && !IsStopped;

    /// <summary>True when the call was ended because the gateway stops.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Ends the call with the gateway too, until the answer can end itself: see <see cref="LetRun"/>.</summary>
    public void EndWith(CancellationToken stop) => _stopping = stop.UnsafeRegister(
        static self =>
        {
            var deadline = (RequestDeadline)self!;
            deadline.IsStopped = true;
            deadline._timer.Cancel();
        },
        this);

    /// <summary>From here on whoever reads the answer watches the clock and the stop; cancelling the copy would only cut it.</summary>
    public void LetRun()
    {
        _stopping.Dispose();
        Restart(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Counts anew from here.</summary>
    public void Restart(TimeSpan limit)
    {
        Limit = limit;
        _timer.CancelAfter(limit);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _either.Dispose();
        _timer.Dispose();
    }
}
