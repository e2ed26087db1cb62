using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Proxy.Inquiry;

/// <summary>What a client hears of its key, through the whole gateway.</summary>
public sealed class KeyProbeTests
{
    private const string Key = "ak-live-q7Zt9WmRb4xKd2Vf8s";
    private const string Variable = "KEY_PROBE_TESTS_KEY";

    static KeyProbeTests() => Environment.SetEnvironmentVariable(Variable, Key);

    /// <summary>Chat's answer; what the list answers with the key and without; status, code and words for the client; chat requests; questions for the list.</summary>
    public static TheoryData<string, ChatScript, int, int, int, string, string, int, int> Cases => new()
    {
        { "refused everywhere", Said(401), 401, 401, 401, "invalid_api_key", $"It refuses the key in {Variable}", 1, 1 },
        { "forbidden everywhere", Said(403), 403, 403, 403, "invalid_api_key", $"It refuses the key in {Variable}", 1, 2 },
        { "a key that may not do this", Said(403), 200, 401, 403, "permission_denied", "not for the model 'scripted-model'", 1, 2 },
        { "a key that may not do this, told as 401", Said(401), 200, 401, 401, "permission_denied", "not for the model 'scripted-model'", 1, 2 },
        { "a list open to all", Said(401), 200, 200, 401, "invalid_api_key", $"It refuses the key in {Variable}", 1, 2 },
        { "forbidden, and a list open to all", Said(403), 200, 200, 403, "invalid_api_key", "or only its use for the model 'scripted-model'", 1, 2 },
        { "no list", Said(401), 404, 404, 401, "invalid_api_key", $"It refuses the key in {Variable}", 1, 1 },
        { "hidden behind 500", Said(500), 401, 401, 401, "invalid_api_key", "The key is the cause", 1, 1 },
        { "hidden behind 502", Said(502), 403, 403, 403, "invalid_api_key", "The key is the cause", 1, 2 },
        { "hidden behind 503", Said(503), 401, 401, 401, "invalid_api_key", "The key is the cause", 1, 1 },
        { "hidden behind a model that loads", ChatScript.Loading(), 401, 401, 401, "invalid_api_key", "The key is the cause", 1, 1 },
        { "a plain 500", Said(500), 200, 401, 502, "upstream_error", "answered 500: Sorry.", 3, 2 },
        { "a plain 500 of a key that cannot list", Said(500), 403, 401, 502, "upstream_error", "answered 500: Sorry.", 3, 2 },
        { "an outage", Said(500), 500, 500, 502, "upstream_error", "answered 500: Sorry.", 3, 1 },
        { "a gateway's timeout", Said(504), 401, 401, 504, "upstream_timeout", "answered 504: Sorry.", 3, 0 },
        { "a word about keys in a 500", ChatScript.Error(500, "The authentication service is down.", "x"), 200, 401, 502, "upstream_error", "authentication service", 3, 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_list_of_models_tells_whether_the_key_is_to_blame(
        string situation, ChatScript chat, int withKey, int without, int status, string code, string words, int attempts, int questions)
    {
        await using var upstream = await UpstreamAsync(chat, withKey, without);
        await using var gateway = await RunningGateway.StartAsync(View(upstream));

        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        ((int)other.StatusCode).ShouldBe(status, situation);
        using var json = JsonDocument.Parse(await other.Content.ReadAsStringAsync());
        var error = json.RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldContain(words);
        upstream.ChatRequests.Count.ShouldBe(attempts);
        Questions(upstream).ShouldBe(questions);
    }

    [Fact]
    public async Task Codex_hears_in_one_attempt_which_key_it_is_and_how_it_is_checked()
    {
        await using var upstream = await UpstreamAsync(Said(500), 401, 401);
        await using var gateway = await RunningGateway.StartAsync(View(upstream, p => p with { Dialect = DialectRegistry.Find("tensormesh")! }));

        using var codex = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true), ("originator", "codex_exec"));

        var error = (await ResponsesTests.EventsAsync(codex))[^1].GetProperty("response").GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("invalid_prompt");
        error.GetProperty("message").GetString().ShouldBe(
            "Provider 'scripted' answered 500: Sorry. The key is the cause: with it, its list of models is refused too (401). "
            + $"It refuses the key in {Variable}; set a valid one and restart the gateway. "
            + "Its keys begin with ak-dev- (dev), ak-staging- (staging), ak-live- (production). "
            + $"This checks it: `curl -sS -H \"Authorization: Bearer ${Variable}\" {upstream.BaseUrl}/models`.");
        upstream.ChatRequests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_hides_refused_keys_is_not_taken_for_one_that_loads_a_model()
    {
        await using var upstream = await UpstreamAsync(Said(503), 500, 500);
        await using var gateway = await RunningGateway.StartAsync(View(upstream, p => p with { Dialect = DialectRegistry.Find("tensormesh")! }));

        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        ((int)other.StatusCode).ShouldBe(503);
        (await other.Content.ReadAsStringAsync()).ShouldContain($"check the key in {Variable}");
    }

    [Fact]
    public async Task However_many_requests_fail_the_list_is_asked_for_once_for_each_key()
    {
        await using var upstream = await UpstreamAsync(Said(401), 401, 401);
        await using var gateway = await RunningGateway.StartAsync(View(upstream, p => p with { Key = new KeySource.ClientBearer() }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => gateway.PostAsync(
            "/v1/responses", ResponsesTests.Ask(stream: false), ("Authorization", $"Bearer client-key-number-{i % 2}"))));

        answers.ShouldAllBe(a => (int)a.StatusCode == 401);
        Questions(upstream).ShouldBe(2);
        upstream.ChatRequests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_list_that_does_not_come_holds_up_a_retry_only_for_a_moment()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(Said(500)).Enqueue(new ChatStreamBuilder().Role().Content("Here.").Finish().Done().ToScript());
        upstream.Route("GET", "/v1/models", _ => ChatScript.Silence());
        await using var gateway = await RunningGateway.StartAsync(View(upstream));

        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        ((int)other.StatusCode).ShouldBe(200);
        var question = upstream.Requests.Single(r => r.Path == "/v1/models");
        (await question.Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_and_the_advice_is_to_name_one()
    {
        await using var upstream = await UpstreamAsync(Said(401), 401, 401);
        await using var gateway = await RunningGateway.StartAsync(View(upstream, p => p with { Key = new KeySource.NoKey() }));

        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        (await other.Content.ReadAsStringAsync()).ShouldContain("none is configured; set ApiKeyEnv");
        Questions(upstream).ShouldBe(0);
    }

    [Fact]
    public async Task A_client_without_a_key_hears_who_can_give_one()
    {
        await using var upstream = await UpstreamAsync(Said(401), 401, 401);
        await using var gateway = await RunningGateway.StartAsync(View(upstream, p => p with { Key = new KeySource.ClientBearer() }));

        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false), ("Authorization", "Bearer none"));

        (await other.Content.ReadAsStringAsync()).ShouldContain("It wants a key and got none: set ApiKeyEnv");
        Questions(upstream).ShouldBe(0);
    }

    [Fact]
    public async Task A_hidden_key_error_is_told_as_one_on_endpoints_that_pass_through()
    {
        await using var upstream = await UpstreamAsync(Said(500), 401, 401);
        await using var gateway = await RunningGateway.StartAsync(View(upstream));

        using var other = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model","messages":[]}""");

        ((int)other.StatusCode).ShouldBe(401);
        (await other.Content.ReadAsStringAsync()).ShouldContain(Variable);
    }

    private static int Questions(ScriptedUpstreamServer upstream) => upstream.Requests.Count(r => r.Path == "/v1/models");

    private static ChatScript Said(int status) => ChatScript.Error(status, "Sorry.", "some_error");

    private static async Task<ScriptedUpstreamServer> UpstreamAsync(ChatScript chat, int withKey, int without)
    {
        var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => chat;
        upstream.Route("GET", "/v1/models", request => ListAnswer(request.Headers.ContainsKey("Authorization") ? withKey : without));
        return upstream;
    }

    private static ChatScript ListAnswer(int status) =>
        status == 200 ? ChatScript.Body(200, """{"object":"list","data":[]}""") : ChatScript.Error(status, "No list.", "x");

    private static ProviderView View(ScriptedUpstreamServer upstream, Func<Provider, Provider>? change = null) => RunningGateway.View(upstream, p =>
    {
        var provider = p with { Key = new KeySource.EnvironmentVariable(Variable), Retries = p.Retries with { MaxAttempts = 3 } };
        return change?.Invoke(provider) ?? provider;
    });
}
