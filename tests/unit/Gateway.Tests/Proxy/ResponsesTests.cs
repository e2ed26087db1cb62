using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

/// <summary>Requests to /v1/responses through the whole gateway to a scripted backend.</summary>
public sealed class ResponsesTests
{
    private static readonly (string, string) Codex = ("originator", "codex_exec");
    private static readonly ChatScript Hello = new ChatStreamBuilder().Role().Content("Hel", "lo").Finish(usage: new ScriptedUsage(7, 3)).Done().ToScript();

    [Fact]
    public async Task A_stream_comes_back_as_events_and_its_facts_go_to_the_log()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Hello.EventByEvent());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses?api-version=1", Ask(stream: true, more: ""","service_tier":"flex" """), Codex);

        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        response.Headers.GetValues("X-Accel-Buffering").Single().ShouldBe("no");
        response.Headers.GetValues("x-gateway-provider").Single().ShouldBe("scripted");
        response.Headers.GetValues("x-gateway-dropped").Single().ShouldContain("service_tier");
        var events = await EventsAsync(response);
        events[0].Type().ShouldBe("response.created");
        events[^1].Type().ShouldBe("response.completed");
        string.Concat(events.Where(e => e.Type() == "response.output_text.delta").Select(e => e.GetProperty("delta").GetString())).ShouldBe("Hello");
        events[^1].GetProperty("response").GetProperty("model").GetString().ShouldBe("scripted-model");

        var sent = upstream.ChatRequests.Single();
        sent.Query.ShouldBe("");
        sent.Headers["Accept"].ShouldBe("text/event-stream");
        sent.Json().GetProperty("stream").GetBoolean().ShouldBeTrue();
        var line = await gateway.Log.RequestLineAsync("/v1/responses");
        CapturedLog.Text(line, "TokensIn").ShouldBe("7");
        CapturedLog.Text(line, "TokensOut").ShouldBe("3");
        CapturedLog.Text(line, "ToolCalls").ShouldBe("0");
        CapturedLog.Text(line, "Dropped").ShouldNotBeNull().ShouldContain("service_tier");
        CapturedLog.Text(line, "FirstMs").ShouldNotBeNull();
        line.RenderMessage().ShouldStartWith("\"POST\" \"/v1/responses\" \"scripted\" \"scripted-model\" 200 in ");
    }

    [Fact]
    public async Task A_backend_that_falls_silent_after_its_finish_reason_has_completed_its_answer()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("Hel", "lo").Finish().Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", Ask(stream: true), Codex);

        var events = await EventsAsync(response);
        events[^1].Type().ShouldBe("response.completed");
        (await upstream.ChatRequests.Single().Ended).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    [Fact]
    public async Task Without_stream_the_same_answer_is_one_json_though_the_backend_streams()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Hello.ByteByByte());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", Ask(stream: false));

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("status").GetString().ShouldBe("completed");
        json.RootElement.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("Hello");
        upstream.ChatRequests.Single().Json().GetProperty("stream").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Compaction_by_path_answers_one_compaction_item()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Hello);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses/compact", Ask(stream: false), Codex);

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "object", "created_at", "output", "usage"]);
        json.RootElement.GetProperty("object").GetString().ShouldBe("response.compaction");
        json.RootElement.GetProperty("output").EnumerateArray().Single().GetProperty("type").GetString().ShouldBe("compaction");
        json.RootElement.GetProperty("usage").GetProperty("input_tokens").GetInt64().ShouldBe(7);
    }

    [Fact]
    public async Task A_backend_that_speaks_responses_gets_the_request_as_it_is()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Route("POST", "/v1/responses", _ => ChatScript.Body(200, "event: x\ndata: {}\n\n", ChatScript.EventStream).WithHeader("openai-model", "o"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Dialect = p.Dialect with { SpeaksResponses = true } }));
        var body = """{"model":"scripted/scripted-model","input":7,"stream":true}""";

        using var response = await gateway.PostAsync("/v1/responses", body, Codex);

        (await response.Content.ReadAsStringAsync()).ShouldBe("event: x\ndata: {}\n\n");
        response.Headers.Contains("openai-model").ShouldBeFalse();
        upstream.Requests.Single().BodyText.ShouldBe(body.Replace("scripted/", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Created_is_there_within_seconds_although_the_backend_is_silent_after_its_headers()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Hello.HangAfter(0));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", Ask(stream: true));

        ((int)response.StatusCode).ShouldBe(200);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe("event: response.created");
    }

    [Fact]
    public async Task The_answer_ends_at_its_terminal_event_although_the_backend_keeps_the_connection_open()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("x").Finish().Done().Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", Ask(stream: true), Codex);

        (await EventsAsync(response))[^1].Type().ShouldBe("response.completed");
        (await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    [Fact]
    public async Task A_silence_longer_than_the_idle_limit_ends_the_answer_with_its_cause()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("x").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Timeouts = p.Timeouts with { Idle = TimeSpan.FromSeconds(1.2) } }));

        using var response = await gateway.PostAsync("/v1/responses", Ask(stream: true), Codex);

        var error = (await EventsAsync(response))[^1].GetProperty("response").GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldContain("sent nothing for 1.2 s");
    }

    [Fact]
    public async Task A_cut_ends_in_response_failed_never_in_silence()
    {
        var length = Hello.BodyBytes().Length;
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        foreach (var bytes in new[] { 0, 1, length / 2 })
        {
            upstream.Enqueue(Hello.CutAfter(bytes));
            using var response = await gateway.PostAsync("/v1/responses", Ask(stream: true), Codex);
            (await EventsAsync(response))[^1].Type().ShouldBe("response.failed", $"cut after {bytes}");
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_takes_the_generation_with_it()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        DateTimeOffset left;
        using (var response = await gateway.PostAsync("/v1/responses", Ask(stream: true)))
        {
            (await (await response.Content.ReadAsStreamAsync()).ReadAtLeastAsync(new byte[10], 10)).ShouldBeGreaterThan(0);
            left = DateTimeOffset.UtcNow;
        }

        var end = await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30));
        end.ShouldBeOfType<RequestEnd.ClientGone>();
        // Were the pooled connection drained first, it would take two seconds.
        (end.At - left).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_client_that_waits_for_one_json_and_leaves_takes_the_generation_with_it()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        using var patience = new CancellationTokenSource();

        var waiting = gateway.Client.PostAsync("/v1/responses", new StringContent(Ask(stream: false)), patience.Token);
        var received = await upstream.ChatRequestAsync(0);
        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await received.Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    internal static string Ask(bool stream, string model = "scripted-model", string more = "") =>
        $$"""{"model":"{{model}}","input":"hi","stream":{{(stream ? "true" : "false")}}{{more}}}""";

    internal static async Task<JsonElement[]> EventsAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldEndWith("\n\n");
        return [.. text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l[6..]).RootElement)];
    }
}

internal static class EventElements
{
    public static string Type(this JsonElement e) => e.GetProperty("type").GetString()!;
}
