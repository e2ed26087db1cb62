using System.Diagnostics.Metrics;

namespace Codex.Gateway.Telemetry;

/// <summary>What was measured by one instrument, a series for each set of labels.</summary>
internal sealed class MetricFamily(Instrument instrument, MetricKind kind, double[] bounds)
{
    /// <summary>Labels come from bounded sets; should one of them not be, memory still is.</summary>
    public const int MostSeries = 2000;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("otel.metric.overflow", true)];

    private readonly Lock _gate = new();
    private readonly Dictionary<KeyValuePair<string, object?>[], MetricSeries> _series = new(MetricTags.Comparer);

    public Instrument Instrument { get; } = instrument;

    public MetricKind Kind { get; } = kind;

    /// <summary>Upper bounds of a histogram's buckets, without the infinite one.</summary>
    public double[] Bounds { get; } = bounds;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (!_series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var series))
                series = Add(tags.ToArray());
            switch (Kind)
            {
                case MetricKind.Histogram:
                    series.Observe(value, Bounds);
                    break;
                case MetricKind.Counter:
                    series.Value += value;
                    break;
                case MetricKind.Current or MetricKind.Total:
                    series.Value = value;
                    break;
            }
        }
    }

    /// <summary>What is asked for anew each time must not show what is gone.</summary>
    public void ForgetCurrent()
    {
        if (Kind is not (MetricKind.Current or MetricKind.Total))
            return;
        lock (_gate)
            _series.Clear();
    }

    public IReadOnlyList<(KeyValuePair<string, object?>[] Tags, MetricSeries Series)> Read()
    {
        lock (_gate)
            return [.. _series.Select(s => (s.Key, s.Value.Copy()))];
    }

    private MetricSeries Add(KeyValuePair<string, object?>[] tags)
    {
        if (_series.Count >= MostSeries)
        {
            if (_series.TryGetValue(Overflow, out var all))
                return all;
            tags = Overflow;
        }

        var series = new MetricSeries(Kind == MetricKind.Histogram ? Bounds.Length + 1 : 0);
        _series.Add(tags, series);
        return series;
    }
}

internal enum MetricKind
{
    /// <summary>Adds up.</summary>
    Counter,

    /// <summary>As it is now.</summary>
    Current,

    /// <summary>As it is now, and never less than before.</summary>
    Total,

    Histogram,
}

internal sealed class MetricSeries(int buckets)
{
    private readonly long[] _buckets = new long[buckets];

    /// <summary>Total of a counter, present value, or sum of a histogram.</summary>
    public double Value { get; set; }

    public long Count { get; private set; }

    /// <summary>Not cumulative; the last one has no upper bound.</summary>
    public ReadOnlySpan<long> Buckets => _buckets;

    public void Observe(double value, double[] bounds)
    {
        // A bucket includes its upper bound.
        var at = Array.BinarySearch(bounds, value);
        _buckets[at < 0 ? ~at : at]++;
        Value += value;
        Count++;
    }

    public MetricSeries Copy()
    {
        var copy = new MetricSeries(_buckets.Length) { Value = Value, Count = Count };
        _buckets.CopyTo(copy._buckets, 0);
        return copy;
    }
}
