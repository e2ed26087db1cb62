using System.Net;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.ScriptedUpstream;
using Microsoft.Extensions.DependencyInjection;

namespace Codex.Gateway.Tests.Keys;

/// <summary>A gateway with keys, over real sockets.</summary>
public sealed class GatewayKeyTests
{
    private const string Body = """{"model":"scripted-model","stream":true,"input":"hi"}""";
    private const string ChatBody = """{"model":"scripted-model","messages":[]}""";

    public static TheoryData<string, string> WaysToSendIt => new()
    {
        { "Authorization", "Bearer {key}" },
        { "authorization", "bearer   {key} " },
        { "x-api-key", "{key}" },
        { "api-key", "{key}" },
    };

    [Theory]
    [MemberData(nameof(WaysToSendIt))]
    public async Task A_known_key_is_let_in_and_stays_here(string header, string value)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(2, new ChatStreamBuilder().Role().Content("hello").Finish().Done().ToScript());
        var (alice, key) = MadeKeys.Make("alice");
        await using var gateway = await StartAsync(upstream, alice);
        var sent = (header, value.Replace("{key}", key, StringComparison.Ordinal));

        using var responses = await gateway.PostAsync("/v1/responses", Body, sent);
        using var chat = await gateway.PostAsync("/v1/chat/completions", ChatBody, sent);
        using var models = await gateway.Client.SendAsync(Get("/v1/models", sent));

        responses.StatusCode.ShouldBe(HttpStatusCode.OK);
        chat.StatusCode.ShouldBe(HttpStatusCode.OK);
        models.StatusCode.ShouldBe(HttpStatusCode.OK);
        upstream.Requests.Count.ShouldBe(2);
        foreach (var request in upstream.Requests)
        {
            request.Headers.Keys.ShouldNotContain(name => name.Equals("authorization", StringComparison.OrdinalIgnoreCase));
            request.Headers.Values.ShouldNotContain(v => v.Contains(key, StringComparison.Ordinal));
        }

        CapturedLog.Text(await gateway.Log.RequestLineAsync("/v1/responses"), "Key").ShouldBe("alice");
        gateway.Log.Events.ShouldNotContain(e => e.RenderMessage(null).Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "wants a key of its own")]
    [InlineData("Bearer none", "wants a key of its own")]
    [InlineData("Basic YWxpY2U6c2VjcmV0", "wants a key of its own")]
    [InlineData("Bearer cgw_wrongwrongwrongwrongwrongwrongwrongwrongwro", "none of this gateway's")]
    public async Task Without_a_known_key_nothing_is_served_and_the_way_to_one_is_told(string? authorization, string words)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await StartAsync(upstream, MadeKeys.Make("alice").Key);
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];

        HttpRequestMessage[] requests =
        [
            Post("/v1/responses", Body, headers), Post("/v1/chat/completions", ChatBody, headers),
            Get("/v1/models", headers), Get("/v1/models/scripted-model", headers), Get("/nothing", headers),
        ];
        foreach (var request in requests)
        {
            using var response = await gateway.Client.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, request.RequestUri!.ToString());
            response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            var error = await ErrorAsync(response);
            error.GetProperty("code").GetString().ShouldBe("invalid_api_key");
            var message = error.GetProperty("message").GetString()!;
            message.ShouldContain(words);
            message.ShouldContain("codex-gateway keys add NAME");
            message.ShouldNotContain("cgw_");
        }

        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Codex_hears_it_once_and_in_words()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await StartAsync(upstream, MadeKeys.Make("alice").Key);

        using var response = await gateway.PostAsync(
            "/v1/responses", Body, ("originator", "codex_exec"), ("Accept", "text/event-stream"), ("Authorization", "Bearer wrong"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await response.Content.ReadAsStringAsync();
        events.ShouldContain("response.created");
        events.ShouldContain("response.failed");
        events.ShouldContain("\"invalid_prompt\"");
        events.ShouldContain("codex-gateway keys add NAME");
    }

    [Fact]
    public async Task Health_pages_need_no_key()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        await using var gateway = await StartAsync(upstream, MadeKeys.Make("alice").Key);

        foreach (var path in (string[])["/healthz", "/readyz"])
            (await gateway.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_keys_counts_from_the_next_request_on()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var ((alice, aliceKey), (bob, bobKey)) = (MadeKeys.Make("alice"), MadeKeys.Make("bob"));
        var ring = new KeyRing([alice]);
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings(), s => s.AddSingleton(ring), RunningGateway.View(upstream));

        (await StatusAsync(aliceKey)).ShouldBe(200);
        (await StatusAsync(bobKey)).ShouldBe(401);
        ring.Update([bob]);
        (await StatusAsync(aliceKey)).ShouldBe(401);
        (await StatusAsync(bobKey)).ShouldBe(200);

        async Task<int> StatusAsync(string key)
        {
            using var response = await gateway.Client.SendAsync(Get("/v1/models", ("Authorization", $"Bearer {key}")));
            return (int)response.StatusCode;
        }
    }

    public static TheoryData<string[], string, int> AllowLists => new()
    {
        { [], "scripted-model", 200 },
        { ["scripted-model"], "scripted-model", 200 },
        { ["scripted-model"], "scripted/scripted-model", 200 },
        { ["scripted/scripted-model"], "scripted-model", 200 },
        { ["scripted/*"], "scripted-model", 200 },
        { ["scripted-*"], "scripted-model", 200 },
        { ["other"], "scripted-model", 404 },
        { ["other/*"], "scripted-model", 404 },
        { ["scripted-mode"], "scripted-model", 404 },
        { ["SCRIPTED-MODEL"], "scripted-model", 404 },
        { ["scripted-model"], "other-model", 404 },
        { ["scripted-model"], "no-such-model", 404 },
    };

    [Theory]
    [MemberData(nameof(AllowLists))]
    public async Task A_key_opens_only_the_models_it_names(string[] models, string asked, int status)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Route("POST", "/v1/chat/completions", """{"ok":true}""");
        var (alice, key) = MadeKeys.Make("alice");
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(),
            s => s.AddSingleton(new KeyRing([alice with { Models = [.. models] }])),
            RunningGateway.View(RunningGateway.View(upstream).Provider, "scripted-model", "other-model", "secret-model"));

        using var response = await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"{{asked}}","messages":[]}""", ("x-api-key", key));

        ((int)response.StatusCode).ShouldBe(status);
        if (status == 200)
            return;
        var message = (await ErrorAsync(response)).GetProperty("message").GetString()!;
        message.ShouldStartWith($"The key 'alice' may not use a model named '{asked}'. It may use: {string.Join(", ", models)}.");
        message.ShouldNotContain("secret-model");
        upstream.ChatRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_sees_only_its_models()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var ((alice, aliceKey), (bob, bobKey)) = (MadeKeys.Make("alice"), MadeKeys.Make("bob"));
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(),
            s => s.AddSingleton(new KeyRing([alice with { Models = ["a"] }, bob])),
            RunningGateway.View(RunningGateway.View(upstream).Provider, "a", "b"));

        (await NamesAsync(aliceKey, "data", "id")).ShouldBe(["a"]);
        (await NamesAsync(aliceKey, "models", "slug")).ShouldBe(["a", "scripted/a"]);
        (await NamesAsync(bobKey, "data", "id")).ShouldBe(["a", "b"]);
        (await gateway.Client.SendAsync(Get("/v1/models/b", ("x-api-key", aliceKey)))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.Client.SendAsync(Get("/v1/models/b", ("x-api-key", bobKey)))).StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task<IEnumerable<string?>> NamesAsync(string key, string list, string property)
        {
            using var response = await gateway.Client.SendAsync(Get("/v1/models", ("x-api-key", key)));
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return [.. json.RootElement.GetProperty(list).EnumerateArray().Select(m => m.GetProperty(property).GetString())];
        }
    }

    private static Task<RunningGateway> StartAsync(ScriptedUpstreamServer upstream, params GatewayKey[] keys) => RunningGateway.StartAsync(
        new GatewaySettings(), s => s.AddSingleton(new KeyRing([.. keys])), RunningGateway.View(upstream));

    private static HttpRequestMessage Get(string path, params (string Name, string Value)[] headers) => With(new(HttpMethod.Get, path), headers);

    private static HttpRequestMessage Post(string path, string body, params (string Name, string Value)[] headers) =>
        With(new(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") }, headers);

    private static HttpRequestMessage With(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("error").Clone();
    }
}
