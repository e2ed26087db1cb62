using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Codex.Gateway.Telemetry;

/// <summary>Adds up what one meter measures, from the moment it is made. Recording allocates only for labels not seen before.</summary>
internal sealed class MetricCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private ImmutableArray<MetricFamily> _families = [];

    public MetricCollector(GatewayMeter meter)
    {
        // By the object, not by its name: several gateways may run in one process.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Meter))
                listener.EnableMeasurementEvents(instrument, Add(instrument));
        };
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>All families as they are now, by name.</summary>
    public ImmutableArray<MetricFamily> Read()
    {
        lock (_gate)
        {
            foreach (var family in _families)
                family.ForgetCurrent();
            _listener.RecordObservableInstruments();
            return _families;
        }
    }

    private MetricFamily Add(Instrument instrument)
    {
        double[]? bounds = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } real } => [.. real],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } whole } => [.. whole.Select(b => (double)b)],
            _ => null,
        };
        var kind = bounds is not null ? MetricKind.Histogram
            : instrument is Counter<long> or Counter<double> ? MetricKind.Counter
            : instrument is ObservableCounter<int> ? MetricKind.Total
            : MetricKind.Current;
        var family = new MetricFamily(instrument, kind, bounds ?? []);
        lock (_gate)
            _families = [.. _families.Append(family).OrderBy(f => f.Instrument.Name, StringComparer.Ordinal)];
        return family;
    }
}
