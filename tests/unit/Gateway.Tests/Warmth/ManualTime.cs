namespace Codex.Gateway.Tests.Warmth;

/// <summary>A clock that only a test moves; timers that come due fire while it does.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Passed;

    // Zero stands for "never" in some places.
    public override long GetTimestamp() => Passed.Ticks + 1;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = Passed + span;
        while (true)
        {
            Timer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                _passed = next?.Due is { } due && due > _passed ? due : next is null ? end : _passed;
                next?.Arm();
            }

            if (next is null)
                return;
            next.Fire();
        }
    }

    /// <summary>Moves in small steps until something has happened, which other threads may do.</summary>
    public async Task AdvanceUntilAsync(Func<bool> happened, TimeSpan? step = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!happened())
        {
            Advance(step ?? TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, limit.Token);
        }
    }

    private TimeSpan Passed
    {
        get
        {
            lock (_gate)
                return _passed;
        }
    }

    private sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._passed + dueTime;
                time._timers.Remove(this);
                if (Due is not null)
                    time._timers.Add(this);
            }

            return true;
        }

        /// <summary>Called with the gate held.</summary>
        public void Arm()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : null;
            if (Due is null)
                time._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
