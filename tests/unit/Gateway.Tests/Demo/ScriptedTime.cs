namespace Codex.Gateway.Tests.Demo;

/// <summary>A clock that stands at the epoch, and whose timers either fire at once or never; it adds up what was waited for.</summary>
internal sealed class ScriptedTime(bool firing) : TimeProvider
{
    private long _waitedTicks;

    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _waitedTicks));

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
            Interlocked.Add(ref _waitedTicks, dueTime.Ticks);
        return base.CreateTimer(callback, state, firing && dueTime != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
