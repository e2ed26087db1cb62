namespace Codex.Gateway.Keys;

/// <summary>
/// What happened in the last 60 seconds, in slots of a second. A slot counts until its last moment is 60 seconds ago, so
/// that no 60 seconds ever hold more than the limit. Not safe for several threads.
/// </summary>
internal sealed class SlidingWindow
{
    private const int Slots = 61;

    private readonly long[] _amounts = new long[Slots];
    private long _newest;

    /// <param name="now">Since any fixed moment; never goes back.</param>
    public void Add(TimeSpan now, long amount)
    {
        Advance(now);
        _amounts[_newest % Slots] += amount;
    }

    public long SumAt(TimeSpan now)
    {
        Advance(now);
        return _amounts.Sum();
    }

    /// <summary>How long until the sum is below the limit when nothing is added; zero when it is now.</summary>
    public TimeSpan UntilBelow(long limit, TimeSpan now)
    {
        var sum = SumAt(now);
        for (var slot = Math.Max(0, _newest - Slots + 1); sum >= limit && slot <= _newest; slot++)
        {
            sum -= _amounts[slot % Slots];
            if (sum < limit)
                return TimeSpan.FromSeconds(slot + Slots) - now;
        }

        return TimeSpan.Zero;
    }

    private void Advance(TimeSpan now)
    {
        var slot = (long)now.TotalSeconds;
        if (slot - _newest >= Slots)
            Array.Clear(_amounts);
        else
            for (var passed = _newest + 1; passed <= slot; passed++)
                _amounts[passed % Slots] = 0;
        _newest = Math.Max(_newest, slot);
    }
}
