using System.Text;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

/// <summary>Who hears what, through the whole gateway.</summary>
public sealed class FailureAnswerTests
{
    public static TheoryData<string, ChatScript, int, string, string, string> Answers => new()
    {
        { "wrong key", ChatScript.Error(401, "Bad key", "authentication_error"), 401, "invalid_api_key", "invalid_prompt", "Bad key" },
        { "forbidden", ChatScript.Error(403, "Not yours", "x"), 403, "invalid_api_key", "invalid_prompt", "Not yours" },
        { "no credit", ChatScript.Error(402, "Pay", "x"), 402, "insufficient_quota", "invalid_prompt", "Pay" },
        { "unknown model", ChatScript.Error(404, "model 'x' not found", "x"), 404, "model_not_found", "invalid_prompt", "does not serve the model" },
        { "bad request", ChatScript.Error(400, "No such field", "x"), 400, "invalid_request", "invalid_prompt", "No such field" },
        { "too long", ChatScript.Error(400, "maximum context length is 10", "x"), 400, "context_length_exceeded", "context_length_exceeded", "too long" },
        { "rate limit", ChatScript.RateLimited(7), 429, "rate_limit_exceeded", "rate_limit_exceeded", "scripted" },
        { "server error", ChatScript.Error(500, "Boom", "x"), 502, "upstream_error", "invalid_prompt", "Boom" },
        { "page", ChatScript.Body(502, "<html><h1>Bad Gateway</h1></html>", "text/html"), 502, "upstream_error", "invalid_prompt", "502: Bad Gateway." },
        { "redirect", ChatScript.Body(301, "").WithHeader("Location", "https://else.example/"), 502, "upstream_error", "invalid_prompt", "else.example" },
        { "no answer", ChatScript.Refuse(), 502, "upstream_unreachable", "invalid_prompt", "cannot be reached" },
        { "key error in stream", new ChatStreamBuilder().Error("Bad key", "authentication_error", "invalid_api_key").ToScript(), 401, "invalid_api_key", "invalid_prompt", "Bad key" },
        { "too long in stream", new ChatStreamBuilder().Comment("PROCESSING").Error("maximum context length is 10").ToScript(), 400, "context_length_exceeded", "context_length_exceeded", "too long" },
    };

    public static TheoryData<string, string, ChatScript> Tellers => new()
    {
        { "/v1/responses", "refused", ChatScript.Error(401, "Bad key sk-made-up-secret", "x") },
        { "/v1/responses", "moved", ChatScript.Body(302, "").WithHeader("Location", "https://else.example/?key=sk-made-up-secret") },
        { "/v1/responses", "quoted in a page", ChatScript.Body(502, "<html><p>Bad key &quot;sk-made-up-secret&quot;</p></html>", "text/html") },
        { "/v1/responses", "in base64", ChatScript.Error(401, "Bad header: Basic " + Base64("me:sk-made-up-secret"), "x") },
        { "/v1/responses", "in part", ChatScript.Error(401, "Bad key sk-made-up-se", "x") },
        { "/v1/responses", "masked", ChatScript.Error(401, "Bad key sk-m*********ret", "x") },
        { "/v1/responses", "as the code", ChatScript.Error(400, "Bad [key]", "x", "bad_sk-made-up-secret") },
        { "/v1/responses", "at the end of what is read", ChatScript.Body(500, Page(64 * 1024 - 6), "text/html") },
        { "/v1/responses", "at the cut", ChatScript.Error(500, new string('-', 990) + "sk-made-up-secret", "x") },
        { "/v1/responses", "in the stream", new ChatStreamBuilder().Error("Boom sk-made-up-secret").ToScript() },
        { "/v1/responses", "after words", new ChatStreamBuilder().Content("Hi").Error("Boom sk-made-up-secret").ToScript() },
        { "/v1/chat/completions", "refused", ChatScript.Error(401, "Bad key sk-made-up-secret", "x") },
        { "/v1/chat/completions", "in a header", ChatScript.Error(401, "Bad key", "x").WithHeader("WWW-Authenticate", "Bearer error=\"sk-made-up-secret\"") },
        { "/v1/chat/completions", "in a header of a success", ChatScript.Body(200, "{}").WithHeader("x-used-key", "sk-made-up-secret") },
        { "/v1/chat/completions", "in base64", ChatScript.Error(401, Base64("Bearer sk-made-up-secret"), "x") },
        { "/v1/chat/completions", "percent-encoded", ChatScript.Error(401, "https://x/?key=sk%2Dmade%2Dup%2Dsecret", "x") },
        { "/v1/chat/completions", "moved", ChatScript.Body(302, "").WithHeader("Location", "https://else.example/?key=sk-made-up-secret") },
    };

    /// <summary>A page whose visible text is short, with a key in it from this byte on.</summary>
    private static string Page(int before) =>
        "<html><script>".PadRight(before - "</script>Bad key ".Length, '-') + "</script>Bad key sk-made-up-secret</html>";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Theory]
    [MemberData(nameof(Tellers))]
    public async Task A_key_that_a_backend_repeats_reaches_neither_client_nor_log(string path, string situation, ChatScript script)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(3, script);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        foreach (var (stream, agent) in ((bool, string)[])[(true, "codex_exec/0.169.0 (x)"), (true, "other"), (false, "other")])
            await AskAsync(stream, agent);

        async Task AskAsync(bool stream, string agent)
        {
            using var answer = await gateway.PostAsync(
                path, ResponsesTests.Ask(stream), ("User-Agent", agent), ("Authorization", "Bearer sk-made-up-secret"));
            var told = (await answer.Content.ReadAsStringAsync()) + answer.Headers;
            told.ShouldContain("[key]", customMessage: situation);
            for (var i = 0; i + 8 <= "sk-made-up-secret".Length; i++)
                told.ShouldNotContain("sk-made-up-secret".Substring(i, 8), customMessage: situation);
        }

        gateway.Log.Events.ShouldAllBe(e => !(e.RenderMessage() + e.Exception).Contains("sk-made-up-secret"));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_refusal_before_the_first_word_has_its_true_status_for_others_and_one_clear_event_for_codex(
        string situation, ChatScript script, int status, string code, string codexCode, string words)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(3, script);
        // A host that hides what it has not loaded would be waited for.
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Dialect = p.Dialect with { NotFoundWhenCold = false } }));

        foreach (var stream in (bool[])[true, false])
        {
            using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream));
            ((int)other.StatusCode).ShouldBe(status, situation);
            other.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            using var json = JsonDocument.Parse(await other.Content.ReadAsStringAsync());
            json.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
            json.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(words);
            other.Headers.Contains("Retry-After").ShouldBe(status is 429);
        }

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("User-Agent", "codex_exec/0.169.0 (x)"));
        ((int)codex.StatusCode).ShouldBe(200);
        codex.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        var events = await ResponsesTests.EventsAsync(codex);
        events[0].Type().ShouldBe("response.created");
        events[^1].Type().ShouldBe("response.failed");
        var error = events[^1].GetProperty("response").GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(codexCode);
        error.GetProperty("message").GetString()!.ShouldContain(words);
        upstream.ChatRequests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_stumble_before_the_first_word_is_told_as_what_it_is_once_no_attempt_is_left()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(2, new ChatStreamBuilder().Error("Boom").ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("originator", "codex_exec"));
        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        (await ResponsesTests.EventsAsync(codex))[^1].GetProperty("response").GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_prompt");
        ((int)other.StatusCode).ShouldBe(502);
    }

    [Fact]
    public async Task A_backend_that_withholds_its_headers_beyond_the_limit_is_a_timeout()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Silence());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Timeouts = p.Timeouts with { FirstByte = TimeSpan.FromSeconds(0.3) } }));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        ((int)response.StatusCode).ShouldBe(504);
        (await response.Content.ReadAsStringAsync()).ShouldContain("within 0.3 s");
        (await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    [Fact]
    public async Task Nobody_listening_is_said_with_provider_address_and_next_step()
    {
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View("gone", ScriptedUpstreamServer.RefusedBaseUrl(), "scripted-model"));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));

        ((int)response.StatusCode).ShouldBe(502);
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldContain("'gone' at http://127.0.0.1:");
        body.ShouldContain("the connection is refused; start it");
    }

    [Theory]
    [InlineData("""{"model":"nobody-knows","input":"hi","stream":true}""", 404, "model_not_found", "scripted-model")]
    [InlineData("""{"model":"scripted-model","input":[{"type":7}],"stream":true}""", 400, null, "")]
    [InlineData("""{"model":"scripted-model","input":""", 400, "invalid_json", "line 1")]
    [InlineData("""{"input":"hi"}""", 400, null, "model")]
    public async Task A_request_that_cannot_be_served_is_told_to_each_in_its_way(string body, int status, string? code, string words)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var second = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View(upstream), RunningGateway.View("two", second.BaseUrl, "other"));

        using var other = await gateway.PostAsync("/v1/responses", body);
        using var codex = await gateway.PostAsync("/v1/responses", body, ("originator", "codex_exec"), ("Accept", "text/event-stream"));

        ((int)other.StatusCode).ShouldBe(status);
        using var json = JsonDocument.Parse(await other.Content.ReadAsStringAsync());
        if (code is not null)
            json.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        json.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(words);
        var failed = (await ResponsesTests.EventsAsync(codex))[^1];
        failed.Type().ShouldBe("response.failed");
        failed.GetProperty("response").GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_prompt");
        upstream.ChatRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unset_key_is_said_to_codex_at_once()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            upstream, p => p with { Key = new KeySource.EnvironmentVariable("NEVER_SET_BY_ANYONE_KEY") }));

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("originator", "codex_exec"));

        var error = (await ResponsesTests.EventsAsync(codex))[^1].GetProperty("response").GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("invalid_prompt");
        error.GetProperty("message").GetString()!.ShouldContain("NEVER_SET_BY_ANYONE_KEY");
    }
}
