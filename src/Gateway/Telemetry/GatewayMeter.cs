using System.Diagnostics.Metrics;
using System.Reflection;

namespace Codex.Gateway.Telemetry;

/// <summary>The instruments of one gateway. Live values are added to the same meter by <see cref="GatewayGauges"/>.</summary>
public sealed class GatewayMeter : IDisposable
{
    public const string Name = "codex-gateway";

    public GatewayMeter()
    {
        Meter = new Meter(Name, Version);
        Tokens = Meter.CreateHistogram(
            "gen_ai.client.token.usage", "{token}", "Tokens per call, as the backend counted them.", tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [.. GenAi.TokenBuckets.Select(b => (long)b)] });
        RequestDuration = Seconds("gen_ai.server.request.duration", "From a request's arrival to the end of its answer.", GenAi.DurationBuckets);
        FirstToken = Seconds("gen_ai.server.time_to_first_token", "From a request's arrival to the first bytes of its answer, with all waiting and retries.", GenAi.FirstTokenBuckets);
        TokenTime = Seconds("gen_ai.server.time_per_output_token", "Mean time per token after the first, per answer.", GenAi.TokenTimeBuckets);
        AttemptDuration = Seconds("gen_ai.client.operation.duration", "Duration of one call to a backend.", GenAi.DurationBuckets);
        FirstChunk = Seconds("gen_ai.client.operation.time_to_first_chunk", "From the call to a backend to the first bytes of its answer.", GenAi.FirstTokenBuckets);
        ChunkTime = Seconds("gen_ai.client.operation.time_per_output_chunk", "Pause between two reads of a streamed answer.", GenAi.ChunkTimeBuckets);
        Requests = Meter.CreateCounter<long>("codex_gateway.requests", "{request}", "Requests for models, by what they ended with.");
        Attempts = Meter.CreateCounter<long>("codex_gateway.attempts", "{attempt}", "Calls to backends, by what they ended with.");
        Retries = Meter.CreateCounter<long>("codex_gateway.retries", "{retry}", "Calls to backends beyond the first of a request.");
        Keepalives = Meter.CreateCounter<long>("codex_gateway.keepalives", "{event}", "Events sent only to keep clients waiting.");
        Repairs = Meter.CreateCounter<long>("codex_gateway.repairs", "{repair}", "Tool calls that models wrote wrongly and that were mended.");
        DroppedFields = Meter.CreateCounter<long>("codex_gateway.dropped_fields", "{field}", "Request fields and tools that a backend could not be given.");
        ColdTime = Meter.CreateCounter<double>("codex_gateway.cold_time", "s", "Time that requests waited for their models to be loaded.");
        QueueTime = Meter.CreateCounter<double>("codex_gateway.queue_time", "s", "Time that requests waited for a free place at their provider.");
    }

    public static string Version { get; } =
        typeof(GatewayMeter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    internal Meter Meter { get; }

    internal Histogram<long> Tokens { get; }

    internal Histogram<double> RequestDuration { get; }

    internal Histogram<double> FirstToken { get; }

    internal Histogram<double> TokenTime { get; }

    internal Histogram<double> AttemptDuration { get; }

    internal Histogram<double> FirstChunk { get; }

    internal Histogram<double> ChunkTime { get; }

    internal Counter<long> Requests { get; }

    internal Counter<long> Attempts { get; }

    internal Counter<long> Retries { get; }

    internal Counter<long> Keepalives { get; }

    internal Counter<long> Repairs { get; }

    internal Counter<long> DroppedFields { get; }

    internal Counter<double> ColdTime { get; }

    internal Counter<double> QueueTime { get; }

    public void Dispose() => Meter.Dispose();

    private Histogram<double> Seconds(string name, string description, double[] bounds) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
