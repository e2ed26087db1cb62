using System.Net;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.ScriptedUpstream;
using Microsoft.Extensions.DependencyInjection;

namespace Codex.Gateway.Tests.Keys;

/// <summary>Limits of keys, over real sockets.</summary>
public sealed class KeyLimitTests
{
    private const string Body = """{"model":"scripted-model","stream":true,"input":"hi"}""";
    private const string ChatBody = """{"model":"scripted-model","stream":true,"messages":[]}""";

    [Theory]
    [InlineData("/v1/responses", Body)]
    [InlineData("/v1/chat/completions", ChatBody)]
    public async Task One_request_too_many_is_answered_with_429_and_the_time_to_wait(string path, string body)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(2, Answer());
        await using var gateway = await StartAsync(upstream, KeyAllowance.Unlimited with { RequestsPerMinute = 2 });

        for (var i = 0; i < 2; i++)
            (await SendAsync(gateway, path, body)).Status.ShouldBe(HttpStatusCode.OK);
        using var refused = await gateway.Response(path, body);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(50, 61);
        using var json = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        json.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldBe("The gateway key 'alice' has 2 requests in the last minute, and its limit is 2.");
        upstream.ChatRequests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Codex_is_told_to_try_again_in_words_it_reads()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Answer());
        await using var gateway = await StartAsync(upstream, KeyAllowance.Unlimited with { RequestsPerMinute = 1 });
        await SendAsync(gateway, "/v1/responses", Body);

        using var refused = await gateway.Response("/v1/responses", Body, ("originator", "codex_exec"));

        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await refused.Content.ReadAsStringAsync();
        events.ShouldContain("\"rate_limit_exceeded\"");
        events.ShouldMatch(@"Please try again in \d+ s\.");
    }

    [Theory]
    [InlineData("/v1/responses", Body)]
    [InlineData("/v1/chat/completions", ChatBody)]
    public async Task Tokens_are_counted_by_what_the_backend_says(string path, string body)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(3, new ChatStreamBuilder().Role().Content("hello").Finish().Usage(new ScriptedUsage(40, 20)).Done().ToScript());
        await using var gateway = await StartAsync(upstream, KeyAllowance.Unlimited with { TokensPerDay = 120 });

        (await SendAsync(gateway, path, body)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(gateway, path, body)).Status.ShouldBe(HttpStatusCode.OK);
        var (status, text) = await SendAsync(gateway, path, body);

        status.ShouldBe(HttpStatusCode.TooManyRequests);
        text.ShouldContain("insufficient_quota");
        text.ShouldContain("used its budget of 120 tokens a day");
    }

    [Theory]
    [InlineData("/v1/responses", Body)]
    [InlineData("/v1/chat/completions", ChatBody)]
    public async Task Tokens_are_estimated_when_the_backend_says_nothing(string path, string body)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(2, new ChatStreamBuilder().Role().Content([.. Enumerable.Repeat("four", 200)]).Finish().Done().ToScript());
        await using var gateway = await StartAsync(upstream, KeyAllowance.Unlimited with { TokensPerMinute = 150 });

        (await SendAsync(gateway, path, body)).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(gateway, path, body)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_request_that_failed_uses_no_tokens_and_frees_its_place()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Error(400, "no", "invalid_request_error"));
        upstream.Enqueue(Answer());
        await using var gateway = await StartAsync(upstream, new KeyAllowance(null, TokensPerMinute: 10, ConcurrentStreams: 1, null, null));

        (await SendAsync(gateway, "/v1/chat/completions", ChatBody)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(gateway, "/v1/chat/completions", ChatBody)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stream_holds_its_place_until_its_client_leaves()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        upstream.Enqueue(Answer());
        await using var gateway = await StartAsync(upstream, KeyAllowance.Unlimited with { ConcurrentStreams = 1 });

        using (await gateway.Response("/v1/responses", Body))
        {
            var (status, text) = await SendAsync(gateway, "/v1/responses", Body);
            status.ShouldBe(HttpStatusCode.TooManyRequests);
            text.ShouldContain("1 requests running");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await SendAsync(gateway, "/v1/responses", Body)).Status != HttpStatusCode.OK)
            await Task.Delay(20, limit.Token);
    }

    private static ChatScript Answer() => new ChatStreamBuilder().Role().Content("hello").Finish().Done().ToScript();

    private static async Task<Limited> StartAsync(ScriptedUpstreamServer upstream, KeyAllowance allowance)
    {
        var (alice, key) = MadeKeys.Make("alice");
        var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(), s => s.AddSingleton(new KeyRing([alice with { Allowance = allowance }])), RunningGateway.View(upstream));
        return new Limited(gateway, key);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(Limited gateway, string path, string body)
    {
        using var response = await gateway.Response(path, body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class Limited(RunningGateway gateway, string key) : IAsyncDisposable
    {
        public Task<HttpResponseMessage> Response(string path, string body, params (string, string)[] headers) =>
            gateway.PostAsync(path, body, [("x-api-key", key), .. headers]);

        public ValueTask DisposeAsync() => gateway.DisposeAsync();
    }
}
