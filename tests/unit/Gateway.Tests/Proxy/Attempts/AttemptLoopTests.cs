using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Proxy.Attempts;

/// <summary>Requests that need more than one attempt, through the whole gateway.</summary>
public sealed class AttemptLoopTests
{
    private static readonly (string, string) Codex = ("originator", "codex_exec");
    private static readonly ChatScript Hello = new ChatStreamBuilder().Role().Content("Hel", "lo").Finish(usage: new ScriptedUsage(7, 3)).Done().ToScript();

    public static TheoryData<string, ChatScript> Stumbles => new()
    {
        { "500", ChatScript.Error(500, "Boom", "x") },
        { "503", ChatScript.Error(503, "Overloaded", "x") },
        { "408", ChatScript.Error(408, "Slow", "x") },
        { "429", ChatScript.Error(429, "Slow down", "x") },
        { "no answer", ChatScript.Refuse() },
        { "error as first chunk", new ChatStreamBuilder().Error("Boom").ToScript() },
        { "cut before a word", new ChatStreamBuilder().Role().Abort().ToScript() },
        { "ended before a word", new ChatStreamBuilder().Role().ToScript() },
        { "web page", ChatScript.Body(200, "<html>maintenance</html>", "text/html") },
    };

    public static TheoryData<string, ChatScript> LateStumbles => new()
    {
        { "error after a silence", new ChatStreamBuilder().Role().Pause(TimeSpan.FromSeconds(1.5)).Error("Boom").ToScript() },
        { "cut after a silence", new ChatStreamBuilder().Role().Pause(TimeSpan.FromSeconds(1.5)).Abort().ToScript() },
        { "500 after a silence", ChatScript.Error(500, "Boom", "x").AfterSilence(TimeSpan.FromSeconds(0.7)) },
    };

    [Theory]
    [MemberData(nameof(Stumbles))]
    public async Task A_stumble_before_the_first_word_is_not_heard_by_anybody(string situation, ChatScript stumble)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(stumble, Hello, stumble, Hello);
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var streamed = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);
        ShouldBeHello(await ResponsesTests.EventsAsync(streamed), situation);
        using var whole = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));
        (await whole.Content.ReadAsStringAsync()).ShouldContain("Hello", customMessage: situation);

        upstream.ChatRequests.Count.ShouldBe(4, situation);
        upstream.ChatRequests.Select(r => r.BodyText).Distinct().Count().ShouldBe(1, "every attempt sends the same bytes");
        CapturedLog.Text(await gateway.Log.RequestLineAsync("/v1/responses"), "Retries").ShouldBe("1");
    }

    [Theory]
    [MemberData(nameof(LateStumbles))]
    public async Task A_stumble_after_the_client_was_told_to_wait_goes_on_in_the_same_response(string situation, ChatScript stumble)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(stumble, stumble, Hello);
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { KeepAlive = TimeSpan.FromSeconds(0.2) }, Retrying(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        var events = await ResponsesTests.EventsAsync(response);
        ShouldBeHello(events, situation);
        events.Count(e => e.Type() == "response.in_progress").ShouldBeGreaterThan(3, situation);
        upstream.ChatRequests.Count.ShouldBe(3, situation);
    }

    [Fact]
    public async Task Withheld_headers_are_waited_out_with_signs_of_life()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Hello.AfterSilence(TimeSpan.FromSeconds(1.5)));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { KeepAlive = TimeSpan.FromSeconds(0.2) }, RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);

        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        response.Headers.GetValues("x-gateway-provider").Single().ShouldBe("scripted");
        upstream.ChatRequests.Single().Ended.IsCompleted.ShouldBeFalse("the client has headers before the backend answers");
        var events = await ResponsesTests.EventsAsync(response);
        ShouldBeHello(events, "withheld");
        events.Count(e => e.Type() == "response.in_progress").ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_silence_in_the_middle_of_an_answer_is_bridged_too()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("Hel").Pause(TimeSpan.FromSeconds(1.5)).Content("lo").Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { KeepAlive = TimeSpan.FromSeconds(0.2) }, RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        var events = await ResponsesTests.EventsAsync(response);
        ShouldBeHello(events, "silence");
        var first = Array.FindIndex(events, e => e.Type() == "response.output_text.delta");
        events.Skip(first).Count(e => e.Type() == "response.in_progress").ShouldBeInRange(2, 8);
    }

    [Fact]
    public async Task A_failure_after_signs_of_life_ends_the_response_that_was_begun()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(2, ChatScript.Error(401, "Bad key", "x").AfterSilence(TimeSpan.FromSeconds(0.7)));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { KeepAlive = TimeSpan.FromSeconds(0.2) }, Retrying(upstream));

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);
        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        ErrorOf(await ResponsesTests.EventsAsync(codex)).ShouldBe("invalid_prompt");
        ErrorOf(await ResponsesTests.EventsAsync(other)).ShouldBe("invalid_api_key");
        upstream.ChatRequests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_tried_again_once_a_word_was_sent()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("Hel").Abort().ToScript(), Hello);
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        ErrorOf(await ResponsesTests.EventsAsync(response)).ShouldBe("server_error");
        upstream.ChatRequests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_waits_for_the_whole_has_heard_nothing_of_a_cut()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("Hel").Abort().ToScript(), Hello);
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        (await response.Content.ReadAsStringAsync()).ShouldContain("\"Hello\"");
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/embeddings")]
    public async Task Endpoints_that_pass_through_are_tried_again_too_and_keep_the_backends_own_error(string path)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var answers = new Queue<ChatScript>([ChatScript.Error(503, "Overloaded", "x"), ChatScript.Body(200, "{\"fine\":1}"), ChatScript.Error(422, "No", "x").WithHeader("x-why", "because")]);
        upstream.Route("POST", path, _ => answers.Dequeue());
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var first = await gateway.PostAsync(path, """{"model":"scripted-model"}""");
        using var second = await gateway.PostAsync(path, """{"model":"scripted-model"}""");

        (await first.Content.ReadAsStringAsync()).ShouldBe("{\"fine\":1}");
        ((int)second.StatusCode).ShouldBe(422);
        second.Headers.GetValues("x-why").Single().ShouldBe("because");
        (await second.Content.ReadAsStringAsync()).ShouldContain("\"No\"");
    }

    [Fact]
    public async Task A_replica_that_fails_is_left_for_another_at_once_and_passed_over_then()
    {
        await using var good = await ScriptedUpstreamServer.StartAsync();
        good.Answer = _ => Hello;
        await using var gateway = await RunningGateway.StartAsync(Replicas(ScriptedUpstreamServer.RefusedBaseUrl(), good.BaseUrl));

        for (var i = 0; i < 8; i++)
        {
            using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true, more: $$""","prompt_cache_key":"c{{i}}" """));
            ShouldBeHello(await ResponsesTests.EventsAsync(response), $"request {i}");
        }

        good.ChatRequests.Count.ShouldBe(8);
        gateway.Log.Events.Count(e => e.Properties.ContainsKey("Retries")).ShouldBe(1, "the closed door is tried once");
    }

    [Fact]
    public async Task When_all_replicas_fail_the_answer_says_which_were_tried_and_why()
    {
        await using var broken = await ScriptedUpstreamServer.StartAsync();
        broken.Answer = _ => ChatScript.Error(500, "Boom", "x");
        var refused = ScriptedUpstreamServer.RefusedBaseUrl();
        await using var gateway = await RunningGateway.StartAsync(Replicas(refused, broken.BaseUrl));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);

        var message = (await ResponsesTests.EventsAsync(response))[^1].GetProperty("response").GetProperty("error").GetProperty("message").GetString()!;
        message.ShouldContain($"{refused} (the connection is refused");
        message.ShouldContain($"{broken.BaseUrl} (answered 500");
        message.ShouldContain("Tried 4 times in ");
    }

    [Fact]
    public async Task A_short_rate_limit_is_waited_out()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.RateLimited(1), Hello);
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);

        ShouldBeHello(await ResponsesTests.EventsAsync(response), "rate limit");
        upstream.ChatRequests.Count.ShouldBe(2);
        (upstream.ChatRequests[1].ReceivedAt - upstream.ChatRequests[0].ReceivedAt).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task A_long_rate_limit_is_told_and_the_replica_is_left_alone_until_then()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.RateLimited(100), Hello);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Retries = ProviderRetries.Default, Key = new KeySource.NoKey() }));

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), Codex);
        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        var events = await ResponsesTests.EventsAsync(codex);
        ErrorOf(events).ShouldBe("rate_limit_exceeded");
        events[^1].GetProperty("response").GetProperty("error").GetProperty("message").GetString()!.ShouldContain("try again in 100 s");
        ((int)other.StatusCode).ShouldBe(429);
        other.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(60, 100);
        upstream.ChatRequests.Count.ShouldBe(1, "the second request need not ask to know");
    }

    [Fact]
    public async Task The_limit_of_one_clients_key_does_not_stop_another_client()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.RateLimited(100), Hello);
        await using var gateway = await RunningGateway.StartAsync(Retrying(upstream));

        using var limited = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("Authorization", "Bearer one"));
        using var free = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("Authorization", "Bearer two"));

        ((int)limited.StatusCode).ShouldBe(429);
        ShouldBeHello(await ResponsesTests.EventsAsync(free), "other key");
    }

    private static ProviderView Retrying(ScriptedUpstreamServer upstream) =>
        RunningGateway.View(upstream, p => p with { Retries = ProviderRetries.Default });

    private static ProviderView Replicas(params string[] addresses) => RunningGateway.View(
        new Provider("scripted", ProviderOrigin.Configured, DialectRegistry.Generic, [.. addresses.Select(a => new Uri(a))]), "scripted-model");

    private static void ShouldBeHello(JsonElement[] events, string situation)
    {
        events.Select(e => e.GetProperty("sequence_number").GetInt32()).ShouldBe(Enumerable.Range(0, events.Length), situation);
        events[0].Type().ShouldBe("response.created", situation);
        events.Count(e => e.Type() == "response.created").ShouldBe(1, situation);
        events[^1].Type().ShouldBe("response.completed", situation);
        events.Select(e => e.TryGetProperty("response", out var r) ? r.GetProperty("id").GetString() : null).OfType<string>().Distinct().Count().ShouldBe(1, situation);
        string.Concat(events.Where(e => e.Type() == "response.output_text.delta").Select(e => e.GetProperty("delta").GetString())).ShouldBe("Hello", situation);
    }

    private static string? ErrorOf(JsonElement[] events)
    {
        events.Select(e => e.GetProperty("sequence_number").GetInt32()).ShouldBe(Enumerable.Range(0, events.Length));
        events[^1].Type().ShouldBe("response.failed");
        return events[^1].GetProperty("response").GetProperty("error").GetProperty("code").GetString();
    }
}
