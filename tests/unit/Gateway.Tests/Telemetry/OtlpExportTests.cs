using System.Diagnostics;
using System.Text;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Telemetry;
using Codex.ScriptedUpstream;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace Codex.Gateway.Tests.Telemetry;

public sealed class OtlpExportTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentSpan = "00f067aa0ba902b7";
    private static readonly (string, string) TraceParent = ("traceparent", $"00-{TraceId}-{ParentSpan}-01");

    [Fact]
    public async Task A_collector_gets_the_trace_of_the_client_and_the_metrics()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("Hel", "lo").Finish(usage: new ScriptedUsage(700, 3)).Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(),
            Variables(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"), ("OTEL_SERVICE_NAME", "gateway-of-the-team")),
            RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"a","stream":true}""", TraceParent);
        await response.Content.ReadAsStringAsync();

        var id = response.Headers.GetValues("x-gateway-request-id").Single();
        await collector.BodyWithAsync(
            "/v1/traces", Convert.FromHexString(TraceId), Convert.FromHexString(ParentSpan), Text("POST /v1/responses"), Text("chat scripted-model"),
            Text(id), Text("gen_ai.usage.input_tokens"), Text("gateway-of-the-team"));
        await collector.BodyWithAsync(
            "/v1/metrics", Text("gen_ai.client.token.usage"), Text("gen_ai.server.time_to_first_token"), Text("codex_gateway.requests"), Text("scripted-model"));
        upstream.ChatRequests.Single().Headers.Keys.ShouldNotContain("traceparent");
    }

    [Fact]
    public async Task A_collector_that_is_away_is_noticed_by_nobody()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(),
            Variables(("OTEL_EXPORTER_OTLP_ENDPOINT", ScriptedUpstreamServer.RefusedBaseUrl()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_BSP_SCHEDULE_DELAY", "10"), ("OTEL_METRIC_EXPORT_INTERVAL", "50")),
            RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");
        await gateway.StopAsync();

        ((int)response.StatusCode).ShouldBe(200);
        gateway.Log.Events.ShouldAllBe(e => e.Level < LogEventLevel.Warning);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318")]
    [InlineData(true, false, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318")]
    [InlineData(false, true, "OTEL_METRICS_EXPORTER=otlp")]
    [InlineData(false, true, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", "OTEL_TRACES_EXPORTER=none")]
    [InlineData(false, false, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318", "OTEL_SDK_DISABLED=true")]
    [InlineData(false, false, "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318")]
    public void Nothing_is_sent_unless_the_standard_variables_ask_for_it(bool traces, bool metrics, params string[] variables)
    {
        var read = new OtlpVariables(Configuration([.. variables.Select(v => (v.Split('=')[0], v.Split('=')[1]))]));

        (read.WantsTraces, read.WantsMetrics).ShouldBe((traces, metrics));
    }

    [Fact]
    public async Task A_request_is_a_span_with_a_child_for_each_call_and_a_backend_hears_of_it_where_that_is_wanted()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GatewayMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(
            ChatScript.Error(500, "Broken.", "server_error"),
            new ChatStreamBuilder().Role().Content("a").Finish(usage: new ScriptedUsage(7, 1)).Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { SendsTraceContext = true, Retries = p.Retries with { MaxAttempts = 2 } }));

        using var response = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"a"}""", TraceParent);
        await response.Content.ReadAsStringAsync();
        var line = await gateway.Log.RequestLineAsync("/v1/responses");

        response.Headers.GetValues("x-gateway-attempts").Single().ShouldBe("2");
        CapturedLog.Text(line, "Retries").ShouldBe("1");
        CapturedLog.Text(line, "Failures").ShouldBe("500 BackendError");
        var id = response.Headers.GetValues("x-gateway-request-id").Single();
        Activity[] all;
        lock (spans)
            all = [.. spans];
        var root = all.Single(s => (string?)s.GetTagItem("codex_gateway.request_id") == id);
        root.TraceId.ToHexString().ShouldBe(TraceId);
        root.ParentSpanId.ToHexString().ShouldBe(ParentSpan);
        root.Status.ShouldBe(ActivityStatusCode.Unset);
        root.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(7L);
        root.Events.ShouldContain(e => e.Name.StartsWith("Tried again after BackendError", StringComparison.Ordinal));
        var calls = all.Where(s => s.ParentSpanId == root.SpanId).ToArray();
        calls.Select(s => (s.DisplayName, Error: (string?)s.GetTagItem("error.type"), Status: (int?)s.GetTagItem("http.response.status_code"))).ShouldBe(
            [("chat scripted-model", "BackendError", 500), ("chat scripted-model", null, 200)]);
        upstream.ChatRequests.Select(r => r.Headers["traceparent"]).ShouldBe(calls.Select(s => s.Id));
    }

    private static Action<IServiceCollection> Variables(params (string, string)[] variables) =>
        services => services.AddSingleton(new OtlpVariables(Configuration(variables)));

    private static IConfiguration Configuration((string Name, string Value)[] variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(variables.ToDictionary(v => v.Name, v => (string?)v.Value, StringComparer.Ordinal)).Build();

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
