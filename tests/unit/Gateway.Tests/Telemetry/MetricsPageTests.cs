using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Telemetry;
using Codex.Gateway.Tests.Fixtures;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Telemetry;

public sealed partial class MetricsPageTests
{
    private const string Fixture = "001_metrics_page_after_a_stream_a_failure_and_a_refusal";

    [Fact]
    public async Task The_page_tells_what_happened_under_the_names_of_the_conventions()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(
            new ChatStreamBuilder().Role().Content("Hel", "lo").Finish(usage: new ScriptedUsage(700, 3)).Done().ToScript().EventByEvent(),
            ChatScript.Error(401, "No such key.", "authentication_error", "invalid_api_key"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        await ReadAsync(gateway, """{"model":"scripted-model","input":"a","stream":true,"service_tier":"flex"}""");
        await ReadAsync(gateway, """{"model":"scripted-model","input":"a"}""");
        await ReadAsync(gateway, """{"input":"a"}""");
        await gateway.Log.RequestLinesAsync("/v1/responses", 3);

        using var page = await gateway.Client.GetAsync("/metrics");

        page.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await page.Content.ReadAsStringAsync();
        text.ShouldEndWith("\n");
        Steady(text, upstream).ShouldMatchText("telemetry", Fixture, "metrics.txt");
    }

    [Fact]
    public async Task Names_that_clients_make_up_do_not_become_labels()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => new ChatStreamBuilder().Content("a").Finish().Done().ToScript();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        for (var i = 0; i < 5; i++)
            await ReadAsync(gateway, $$"""{"model":"scripted/made-up-{{i}}","input":"a"}""");
        await gateway.Log.RequestLinesAsync("/v1/responses", 5);

        var text = await gateway.Client.GetStringAsync("/metrics");

        text.ShouldNotContain("made-up");
        text.ShouldContain("codex_gateway_requests_total{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"scripted\",gen_ai_request_model=\"unlisted\",http_response_status_code=\"200\"} 5\n");
    }

    [Fact]
    public async Task What_a_model_wrote_wrongly_is_counted_where_it_was_mended()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder()
            .Delta("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"functions.list","arguments":"{\"path\":\"a\",}"}}]}""")
            .Finish("tool_calls").Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        await ReadAsync(gateway, """{"model":"scripted-model","input":"a","tools":[{"type":"function","name":"list","parameters":{"type":"object"}}]}""");

        CapturedLog.Text(await gateway.Log.RequestLineAsync("/v1/responses"), "Repairs").ShouldBe("2");
        (await gateway.Client.GetStringAsync("/metrics")).ShouldContain("codex_gateway_repairs_total{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"scripted\",gen_ai_request_model=\"scripted-model\"} 2\n");
    }

    [Fact]
    public async Task A_stream_is_open_until_it_ends()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        const string Open = "codex_gateway_open_streams{gen_ai_provider_name=\"scripted\"} ";
        (await gateway.Client.GetStringAsync("/metrics")).ShouldContain(Open + "0\n");

        using (await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"a","stream":true}"""))
            (await gateway.Client.GetStringAsync("/metrics")).ShouldContain(Open + "1\n");

        await gateway.Log.RequestLineAsync("/v1/responses");
        (await gateway.Client.GetStringAsync("/metrics")).ShouldContain(Open + "0\n");
    }

    [Fact]
    public void Labels_and_help_are_escaped_and_series_are_bounded()
    {
        using var meter = new GatewayMeter();
        using var collector = new MetricCollector(meter);
        var counter = meter.Meter.CreateCounter<long>("odd.things", "By", "One \\ and\ntwo");
        counter.Add(2, new KeyValuePair<string, object?>("what", "a \"b\" \\ c\nd"));
        for (var i = 0; i < MetricFamily.MostSeries + 10; i++)
            meter.Keepalives.Add(1, new KeyValuePair<string, object?>("n", i));

        var text = PrometheusText.Write(collector.Read());

        text.ShouldContain("# HELP odd_things_bytes_total One \\\\ and\\ntwo\n# TYPE odd_things_bytes_total counter\nodd_things_bytes_total{what=\"a \\\"b\\\" \\\\ c\\nd\"} 2\n");
        text.Split('\n').Count(l => l.StartsWith("codex_gateway_keepalives_total{", StringComparison.Ordinal)).ShouldBe(MetricFamily.MostSeries + 1);
        text.ShouldContain("codex_gateway_keepalives_total{otel_metric_overflow=\"True\"} 10\n");
    }

    [Fact]
    public void Buckets_are_cumulative_and_include_their_bound()
    {
        using var meter = new GatewayMeter();
        using var collector = new MetricCollector(meter);
        var histogram = meter.Meter.CreateHistogram("sizes", unit: null, "Sizes.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });
        foreach (var value in (double[])[0.5, 1, 2, 7])
            histogram.Record(value);

        var text = PrometheusText.Write(collector.Read());

        text.ShouldContain("# TYPE sizes histogram\nsizes_bucket{le=\"1\"} 2\nsizes_bucket{le=\"2.5\"} 3\nsizes_bucket{le=\"+Inf\"} 4\nsizes_sum 10.5\nsizes_count 4\n");
    }

    [Fact]
    public void The_pause_between_two_chunks_is_recorded_without_allocating()
    {
        using var meter = new GatewayMeter();
        using var collector = new MetricCollector(meter);
        var log = new Gateway.Logging.RequestLog { RequestId = "req_1", Gaps = new ChunkGaps(meter.ChunkTime, [new("gen_ai.provider.name", "one")]) };
        for (var i = 0; i < 100; i++)
            log.TakeChunk();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
            log.TakeChunk();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
        PrometheusText.Write(collector.Read()).ShouldContain("gen_ai_client_operation_time_per_output_chunk_seconds_count{gen_ai_provider_name=\"one\"} 10099\n");
    }

    private static async Task ReadAsync(RunningGateway gateway, string body)
    {
        using var response = await gateway.PostAsync("/v1/responses", body);
        await response.Content.ReadAsStringAsync();
    }

    /// <summary>
    /// Times and places differ from run to run: every value of a time becomes <c>#</c>, but counts stay. How many reads
    /// a small answer takes differs too, so that the pauses between them are left out.
    /// </summary>
    private static string Steady(string text, ScriptedUpstreamServer upstream)
    {
        text = text.Replace(upstream.BaseUrl, "http://127.0.0.1:PORT/v1", StringComparison.Ordinal).Replace(GatewayMeter.Version, "VERSION", StringComparison.Ordinal);
        text = string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("gen_ai_client_operation_time_per_output_chunk_seconds_", StringComparison.Ordinal)).Select(line => line + "\n"));
        return Time().Replace(text, "$1 #");
    }

    [GeneratedRegex(@"^(\S+_seconds_(?:sum|bucket)\S*?(?<!\+Inf""\})|process_memory_usage_bytes) \S+$", RegexOptions.Multiline)]
    private static partial Regex Time();
}
