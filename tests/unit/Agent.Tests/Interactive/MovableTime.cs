namespace Codex.Agent.Tests.Interactive;

/// <summary>A clock that only the test moves.</summary>
internal sealed class MovableTime : TimeProvider
{
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Move(TimeSpan by) => _passed += by;

    public override long GetTimestamp() => _passed.Ticks;
}
