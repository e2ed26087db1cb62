using System.Net;
using System.Text;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

public sealed class PassThroughTests
{
    private const string Chat = """{"model":"scripted-model", "stream":true,"messages":[{"role":"user","content":"é hi"}],"odd":[1,{"model":"x"}]}""";

    [Fact]
    public async Task A_stream_arrives_byte_for_byte_and_the_body_leaves_byte_for_byte()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var script = new ChatStreamBuilder().Role().Content("a", "b").Comment("odd").Finish().Done().ToScript();
        upstream.Enqueue(script);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", Chat);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(script.BodyBytes());
        upstream.ChatRequests.Single().BodyText.ShouldBe(Chat);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/completions")]
    [InlineData("/v1/embeddings")]
    public async Task The_path_stays_and_the_prefix_of_the_provider_is_taken_off_the_model(string path)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Route("POST", path, """{"ok":true}""");
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync(path + "?x=1", """{"a":"model","model" : "scripted/scripted-model","z":1}""");

        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"ok":true}""");
        upstream.Requests.Single().BodyText.ShouldBe("""{"a":"model","model" : "scripted-model","z":1}""");
        upstream.Requests.Single().Query.ShouldBe("?x=1");
    }

    [Fact]
    public async Task An_error_of_the_backend_passes_as_it_is()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.RateLimited(7));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", Chat);

        ((int)response.StatusCode).ShouldBe(429);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await response.Content.ReadAsStringAsync()).ShouldBe(ChatScript.RateLimited(7).BodyText());
    }

    [Fact]
    public async Task Private_headers_stay_here_and_answers_name_neither_server_nor_model()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}").WithHeader("openai-model", "other").WithHeader("Server", "s")
            .WithHeader("Set-Cookie", "a=b").WithHeader("x-ratelimit-remaining", "3"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Headers = p.Headers.Add("X-Title", "mine") }));

        using var response = await gateway.PostAsync(
            "/v1/chat/completions", Chat,
            ("Authorization", "Bearer client-key"), ("originator", "codex_exec"), ("session-id", "s"), ("x-codex-turn-metadata", "m"),
            ("openai-organization", "o"), ("Cookie", "c=d"), ("Accept-Encoding", "gzip"), ("Origin", "http://localhost:3000"), ("X-Title", "theirs"), ("X-Kept", "yes"));

        response.Headers.Select(h => h.Key.ToLowerInvariant()).Order()
            .ShouldBe(["date", "transfer-encoding", "x-gateway-attempts", "x-gateway-request-id", "x-ratelimit-remaining", "x-request-id"], ignoreOrder: true);
        var sent = upstream.ChatRequests.Single().Headers;
        sent.Keys.Select(k => k.ToLowerInvariant())
            .ShouldBe(["authorization", "content-length", "content-type", "host", "user-agent", "x-kept", "x-title"], ignoreOrder: true);
        sent["Authorization"].ShouldBe("Bearer client-key");
        sent["X-Title"].ShouldBe("mine");
        sent["User-Agent"].ShouldStartWith("codex-gateway/");
    }

    [Fact]
    public async Task The_key_of_a_variable_goes_up_in_place_of_the_clients()
    {
        Environment.SetEnvironmentVariable("PASS_THROUGH_TESTS_KEY", "from-env");
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Key = new KeySource.EnvironmentVariable("PASS_THROUGH_TESTS_KEY") }));

        using var response = await gateway.PostAsync("/v1/chat/completions", Chat, ("Authorization", "Bearer client-key"));

        upstream.ChatRequests.Single().Headers["Authorization"].ShouldBe("Bearer from-env");
    }

    [Theory]
    [InlineData("Bearer none")]
    [InlineData("bearer none")]
    public async Task The_word_none_in_place_of_a_key_never_goes_up(string authorization)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", Chat, ("Authorization", authorization));

        ((int)response.StatusCode).ShouldBe(200);
        upstream.ChatRequests.Single().Headers.Keys.ShouldNotContain("Authorization");
    }

    [Fact]
    public async Task No_key_means_none_even_when_the_client_has_one()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Key = new KeySource.NoKey() }));

        using var response = await gateway.PostAsync("/v1/chat/completions", Chat, ("Authorization", "Bearer client-key"));

        upstream.ChatRequests.Single().Headers.Keys.ShouldNotContain("Authorization");
    }

    [Theory]
    [InlineData("""{"model":"scripted-model","stream":true""", 400, "invalid_json")]
    [InlineData("""[1]""", 400, "invalid_json")]
    [InlineData("""{"messages":[]}""", 400, "missing_required_parameter")]
    [InlineData("""{"model":7}""", 400, "missing_required_parameter")]
    [InlineData("", 400, "invalid_json")]
    [InlineData("""{"model":"nobody/knows"}""", 404, "model_not_found")]
    public async Task What_cannot_be_routed_is_refused_in_openais_shape(string body, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View("one", "http://127.0.0.1:9/v1", "a"), RunningGateway.View("two", "http://127.0.0.1:9/v1", "b"));

        using var response = await gateway.PostAsync("/v1/chat/completions", body);

        ((int)response.StatusCode).ShouldBe(status);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        json.RootElement.GetProperty("error").EnumerateObject().Select(p => p.Name).ShouldBe(["message", "type", "param", "code"]);
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused_with_413_whether_its_length_is_declared_or_not()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { MaxBodyBytes = 1000 }, RunningGateway.View("one", "http://127.0.0.1:9/v1", "a"));
        var body = $$"""{"model":"a","x":"{{new string('x', 2000)}}"}""";

        using var declared = await gateway.PostAsync("/v1/chat/completions", body);
        using var chunked = await gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))),
            Headers = { TransferEncodingChunked = true },
        });

        ((int)declared.StatusCode).ShouldBe(413);
        ((int)chunked.StatusCode).ShouldBe(413);
    }

    [Fact]
    public async Task A_client_that_goes_away_takes_the_upstream_request_with_it()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using (var response = await gateway.PostAsync("/v1/chat/completions", Chat))
        {
            (await (await response.Content.ReadAsStreamAsync()).ReadAtLeastAsync(new byte[10], 10)).ShouldBeGreaterThan(0);
        }

        var end = await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30));
        end.ShouldBeOfType<RequestEnd.ClientGone>();
    }
}
