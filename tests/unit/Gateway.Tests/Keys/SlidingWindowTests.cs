using Codex.Gateway.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Gateway.Tests.Keys;

public sealed class SlidingWindowTests
{
    public static TheoryData<(double At, long Amount)[], double, long> Sums => new()
    {
        { [], 0, 0 },
        { [(0, 5)], 0, 5 },
        { [(0, 5), (0.9, 2)], 59.9, 7 },
        { [(0, 5), (30, 2)], 60.9, 7 },
        { [(0, 5), (30, 2)], 61, 2 },
        { [(0.999, 5)], 60.999, 5 },
        { [(0, 5), (30, 2)], 91, 0 },
        { [(0, 5)], 1_000_000, 0 },
        { [(1_000_000, 5)], 1_000_030, 5 },
    };

    [Theory]
    [MemberData(nameof(Sums))]
    public void It_holds_what_happened_in_the_last_minute((double At, long Amount)[] events, double at, long sum)
    {
        var window = new SlidingWindow();
        foreach (var (when, amount) in events)
            window.Add(TimeSpan.FromSeconds(when), amount);

        window.SumAt(TimeSpan.FromSeconds(at)).ShouldBe(sum);
    }

    [Theory]
    [InlineData(1, 61)]
    [InlineData(5, 61)]
    [InlineData(6, 41)]
    [InlineData(15, 41)]
    [InlineData(16, 31)]
    [InlineData(25, 31)]
    [InlineData(26, 0)]
    public void It_tells_how_long_until_there_is_room(long limit, double seconds)
    {
        var window = new SlidingWindow();
        window.Add(TimeSpan.FromSeconds(0), 10);
        window.Add(TimeSpan.FromSeconds(10), 10);
        window.Add(TimeSpan.FromSeconds(30), 5);

        window.UntilBelow(limit, TimeSpan.FromSeconds(30)).TotalSeconds.ShouldBe(seconds);
    }

    [Fact]
    public void Whatever_comes_no_minute_holds_more_than_the_limit_and_the_wait_told_is_enough()
    {
        Prop.ForAll(Gen.Choose(0, 20_000).ListOf().ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (gaps, limit) =>
        {
            var window = new SlidingWindow();
            var admitted = new List<TimeSpan>();
            var now = TimeSpan.Zero;
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                var wait = window.UntilBelow(limit, now);
                if (wait > TimeSpan.Zero)
                {
                    window.UntilBelow(limit, now + wait).ShouldBe(TimeSpan.Zero);
                    now += wait;
                }

                window.Add(now, 1);
                admitted.Add(now);
                admitted.Count(t => now - t <= TimeSpan.FromSeconds(60)).ShouldBeLessThanOrEqualTo(limit);
            }
        }).QuickCheckThrowOnFailure();
    }
}
