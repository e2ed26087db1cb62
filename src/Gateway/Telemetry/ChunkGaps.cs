using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Codex.Gateway.Telemetry;

/// <summary>Records the pauses within one answer under labels that are made once, so that a token costs no allocation.</summary>
internal sealed class ChunkGaps(Histogram<double> seconds, TagList tags)
{
    private readonly TagList _tags = tags;

    public void Record(TimeSpan gap) => seconds.Record(gap.TotalSeconds, _tags);
}
