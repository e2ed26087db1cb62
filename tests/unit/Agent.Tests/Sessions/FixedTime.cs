namespace Codex.Agent.Tests.Sessions;

/// <summary>Stands still, in a time zone two hours east.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public static readonly FixedTime LateEvening = new(new DateTimeOffset(2026, 11, 20, 23, 30, 15, 250, TimeSpan.Zero));

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), displayName: null, standardDisplayName: null);

    public override DateTimeOffset GetUtcNow() => now;
}
