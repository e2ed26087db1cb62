using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.ScriptedUpstream;
using Microsoft.AspNetCore.Http;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Codex.Gateway.Tests.Logging;

public sealed class RequestLogTests
{
    [Fact]
    public async Task A_request_is_one_line_without_bodies_or_keys()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, """{"secret":"answer-words"}"""));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync(
            "/v1/chat/completions", """{"model":"scripted-model","messages":"prompt-words"}""", ("Authorization", "Bearer sk-secret"));

        var line = await gateway.Log.RequestLineAsync("/v1/chat/completions");
        CapturedLog.Text(line, "Provider").ShouldBe("scripted");
        CapturedLog.Text(line, "Model").ShouldBe("scripted-model");
        CapturedLog.Text(line, "Status").ShouldBe("200");
        CapturedLog.Text(line, "RequestId").ShouldBe(response.Headers.GetValues("x-request-id").Single());
        var whole = string.Join('\n', gateway.Log.Events.Select(e => e.RenderMessage() + e.Exception));
        whole.ShouldNotContain("words");
        whole.ShouldNotContain("secret");
        gateway.Log.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_a_warning_that_names_its_kind()
    {
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View("gone", ScriptedUpstreamServer.RefusedBaseUrl(), "m"));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"m"}""");

        ((int)response.StatusCode).ShouldBe(502);
        var line = await gateway.Log.RequestLineAsync("/v1/chat/completions");
        line.Level.ShouldBe(LogEventLevel.Warning);
        CapturedLog.Text(line, "Failure").ShouldBe("Unreachable");
    }

    [Fact]
    public async Task Every_answer_names_its_request_and_its_attempts()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");
        using var refused = await gateway.PostAsync("/v1/embeddings", """{"input":"a"}""");

        response.Headers.GetValues("x-gateway-request-id").ShouldBe(response.Headers.GetValues("x-request-id"));
        response.Headers.GetValues("x-gateway-attempts").Single().ShouldBe("1");
        refused.Headers.GetValues("x-gateway-request-id").Single().ShouldStartWith("req_");
        refused.Headers.Contains("x-gateway-attempts").ShouldBeFalse();
    }

    [Fact]
    public async Task The_line_tells_of_what_went_wrong_before_it_went_well()
    {
        var log = new CapturedLog();
        var context = new DefaultHttpContext();
        context.Request.Path = "/v1/responses";
        var middleware = new RequestLogMiddleware(
            c =>
            {
                var record = c.Features.Get<RequestLog>()!;
                record.BeginAttempt().End("http://127.0.0.1:9/v1", "Unreachable");
                var second = record.BeginAttempt();
                second.Status = 503;
                second.End("http://127.0.0.1:9/v1", "Cold");
                record.BeginAttempt().End("http://127.0.0.1:9/v1", cause: null);
                record.Keepalives = 4;
                record.Repairs = 1;
                record.ColdTime = TimeSpan.FromSeconds(21);
                record.QueueTime = TimeSpan.FromMilliseconds(5);
                return Task.CompletedTask;
            },
            log.Logger,
            TimeProvider.System);

        await middleware.InvokeAsync(context);

        log.Events.Single().RenderMessage(formatProvider: null).ShouldContain(
            ", retries 2 after \"Unreachable, 503 Cold\", queued 5 ms, cold 21000 ms, keepalives 4, repairs 1, ");
    }

    [Fact]
    public async Task Words_of_a_client_cannot_forge_a_line_or_fill_the_log()
    {
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View("one", "http://127.0.0.1:9/v1", "a"));

        using var forged = await gateway.PostAsync("/v1/embeddings", """{"model":"x\nINF all is well"}""");
        using var endless = await gateway.PostAsync("/v1/embeddings", $$"""{"model":"{{new string('m', 1_000_000)}}"}""");

        (await endless.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(1000);
        await gateway.Log.RequestLineAsync("/v1/embeddings");
        gateway.Log.Events.ShouldAllBe(e => e.RenderMessage().Length < 1000 && !e.RenderMessage().Contains('\n'));
    }

    [Theory]
    [InlineData(false, false, "200")]
    [InlineData(true, false, "499")]
    [InlineData(true, true, "200")]
    public async Task Only_a_client_that_left_before_the_end_has_gone_away(bool left, bool complete, string status)
    {
        var log = new CapturedLog();
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: left) };
        context.Request.Path = "/v1/responses";
        var middleware = new RequestLogMiddleware(
            c =>
            {
                c.Features.Get<RequestLog>()!.IsComplete = complete;
                return Task.CompletedTask;
            },
            log.Logger,
            TimeProvider.System);

        await middleware.InvokeAsync(context);

        CapturedLog.Text(log.Events.Single(), "Status").ShouldBe(status);
    }

    [Fact]
    public async Task A_failure_that_was_told_is_complete_though_the_client_leaves_at_once()
    {
        var log = new CapturedLog();
        using var leaves = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = leaves.Token };
        context.Request.Path = "/v1/responses";
        var middleware = new RequestLogMiddleware(
            async c =>
            {
                await FailureAnswerWriter.SendAsync(
                    c, new Failure(FailureKind.UnknownModel, 404, "Unknown."), wantsEvents: true, model: null, plan: null, TimeProvider.System);
                await leaves.CancelAsync();
            },
            log.Logger,
            TimeProvider.System);

        await middleware.InvokeAsync(context);

        CapturedLog.Text(log.Events.Single(), "Status").ShouldBe("404");
    }

    [Fact]
    public async Task An_unset_key_variable_is_named_and_nothing_is_sent()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Key = new KeySource.EnvironmentVariable("NEVER_SET_BY_ANYONE_KEY") }));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");

        ((int)response.StatusCode).ShouldBe(401);
        (await response.Content.ReadAsStringAsync()).ShouldContain("NEVER_SET_BY_ANYONE_KEY");
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_json_line_is_one_flat_object()
    {
        var written = new StringWriter();
        var sink = new FormattedSink(written);
        using (var log = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger())
            log.Warning("{Method} took {Ms} ms, {Odd}", "POST", 12L, "a\nb \"q\"");

        var line = written.ToString();
        line.Count(c => c == '\n').ShouldBe(1);
        using var json = JsonDocument.Parse(line);
        json.RootElement.GetProperty("level").GetString().ShouldBe("Warning");
        json.RootElement.GetProperty("message").GetString().ShouldBe("POST took 12 ms, a\nb \"q\"");
        json.RootElement.GetProperty("Method").GetString().ShouldBe("POST");
        json.RootElement.GetProperty("Ms").GetInt64().ShouldBe(12);
        json.RootElement.GetProperty("Odd").GetString().ShouldBe("a\nb \"q\"");
        json.RootElement.TryGetProperty("time", out _).ShouldBeTrue();
    }

    private sealed class FormattedSink(TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => new JsonLineFormatter().Format(logEvent, output);
    }
}
