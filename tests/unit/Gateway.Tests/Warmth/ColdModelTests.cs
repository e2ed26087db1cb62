using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Gateway.CommandLine;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Proxy;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Warmth;

/// <summary>Cold models through the whole gateway, in real time.</summary>
public sealed class ColdModelTests
{
    private static readonly GatewaySettings Settings = new() { KeepAlive = TimeSpan.FromMilliseconds(100) };

    private static ChatScript Answer => new ChatStreamBuilder().Content("Hello").Finish("stop").ToScript();

    [Fact]
    public async Task Many_clients_wait_for_one_warm_up_and_each_gets_its_answer()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var isLoaded = false;
        upstream.Answer = _ => Volatile.Read(ref isLoaded) ? Answer : ChatScript.Loading();
        await using var gateway = await RunningGateway.StartAsync(Settings, RunningGateway.View(upstream));

        var asked = Enumerable.Range(0, 20).Select(i => AskAsync(gateway, stream: i % 4 != 0, codex: i % 2 == 0)).ToList();
        await UntilAsync(() => upstream.ChatRequests.Count(IsWarmUp) >= 2);
        using (var list = JsonDocument.Parse(await gateway.Client.GetStringAsync("/v1/models")))
        {
            var warmth = list.RootElement.GetProperty("data")[0].GetProperty("warmth");
            warmth.GetProperty("state").GetString().ShouldBe("warming");
            warmth.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        }

        var warmUps = upstream.ChatRequests.Where(IsWarmUp).ToList();
        await Task.WhenAll(warmUps.Select(w => w.Ended));
        Volatile.Write(ref isLoaded, true);
        var answers = await Task.WhenAll(asked);

        answers.ShouldAllBe(a => a.Contains("Hello") && !a.Contains("response.failed"));
        answers[1].ShouldContain("response.in_progress");
        // Never two at a time.
        upstream.ChatRequests.Where(IsWarmUp).Zip(upstream.ChatRequests.Where(IsWarmUp).Skip(1)).ShouldAllBe(pair => pair.Second.ReceivedAt - pair.First.ReceivedAt > TimeSpan.FromMilliseconds(300));
        (await gateway.Client.GetStringAsync("/v1/models/scripted-model")).ShouldContain("\"state\":\"warm\"");
    }

    [Fact]
    public async Task A_start_that_takes_too_long_is_told_once_in_words_that_stop_codex()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => ChatScript.Loading();
        await using var gateway = await RunningGateway.StartAsync(Settings, RunningGateway.View(
            upstream, p => p with { ColdStart = ColdStart.Default with { Deadline = TimeSpan.FromSeconds(1) } }));

        var codex = await AskAsync(gateway, stream: true, codex: true);
        using var other = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: false));

        codex.ShouldContain("\"code\":\"invalid_prompt\"");
        codex.ShouldContain("is still not loaded after 1 s");
        codex.ShouldContain("Loading model");
        ((int)other.StatusCode).ShouldBe(504);
    }

    [Fact]
    public async Task A_backend_that_starts_on_demand_is_waited_for_though_nothing_listens()
    {
        var address = new Uri(ScriptedUpstreamServer.RefusedBaseUrl());
        await using var gateway = await RunningGateway.StartAsync(Settings, RunningGateway.View(
            new Provider("sleeper", ProviderOrigin.Configured, DialectRegistry.Generic, [address]) { ColdStart = ColdStart.Default with { StartsOnDemand = true } },
            "scripted-model"));

        var asked = AskAsync(gateway, stream: true, codex: true);
        while (!(await gateway.Client.GetStringAsync("/v1/models/scripted-model")).Contains("the connection is refused"))
            asked.IsCompleted.ShouldBeFalse();
        await using var upstream = await Providers.RecordedBackend.StartAsync(new JsonObject(), address.Port);
        upstream.Always = """{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}""";

        (await asked).ShouldContain("Hello");
    }

    [Fact]
    public async Task A_prompt_that_a_silent_backend_would_cut_is_refused_so_that_codex_compacts()
    {
        await using var upstream = await StartOllamaAsync(window: 4096);
        await using var gateway = await RunningGateway.StartAsync(Settings, View(upstream));

        var told = await AskAsync(gateway, stream: true, codex: true, input: new string('x', 100_000), model: "m:latest");

        told.ShouldContain("\"code\":\"context_length_exceeded\"");
        told.ShouldContain("OLLAMA_CONTEXT_LENGTH=32768");
        upstream.ChatRequests.Count.ShouldBe(1);
        (await AskAsync(gateway, stream: true, codex: true, model: "m")).ShouldContain("Hello");
    }

    [Fact]
    public async Task Models_of_the_configuration_are_loaded_at_start_and_told_to_stay()
    {
        await using var upstream = await StartOllamaAsync(window: 32_768);
        await using var gateway = await RunningGateway.StartAsync(Settings, View(upstream));

        gateway.Directory.Update(s => s with { Warm = ["m"] });
        await UntilAsync(() => upstream.Requests.Any(r => r.Path == "/api/generate"));

        upstream.ChatRequests.ShouldHaveSingleItem().Json().GetProperty("max_tokens").GetInt32().ShouldBe(1);
        var keep = upstream.Requests.Single(r => r.Path == "/api/generate").Json();
        keep.GetProperty("model").GetString().ShouldBe("m:latest");
        keep.GetProperty("keep_alive").GetString().ShouldBe("15m");
        (await gateway.Client.GetStringAsync("/v1/models/m")).ShouldContain("\"state\":\"warm\"");
    }

    [Fact]
    public async Task A_model_can_be_loaded_by_hand_and_the_command_says_how_it_went()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Repeat(3, ChatScript.Loading());
        upstream.Answer = _ => Answer;
        await using var gateway = await RunningGateway.StartAsync(Settings, RunningGateway.View(upstream, p => p with { Dialect = DialectRegistry.Find("vllm")! }));

        using var answer = await gateway.PostAsync("/admin/warm", """{"model":"scripted-model"}""");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldContain("\"state\":\"warming\"");
        lines[^1].ShouldStartWith("""{"model":"scripted-model","provider":"scripted","state":"warm","seconds":""");

        var (code, output, error) = await RunAsync("warm", "scripted-model", "--urls", gateway.Client.BaseAddress!.ToString());
        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith("scripted-model of scripted is loaded, after ");

        upstream.Answer = _ => ChatScript.Error(404, "model not found", "x");
        (code, _, error) = await RunAsync("warm", "scripted-model", "--urls", gateway.Client.BaseAddress!.ToString());
        code.ShouldBe(2);
        error.ShouldContain("does not serve the model 'scripted-model'");

        (code, _, error) = await RunAsync("warm", "scripted-modle", "--urls", gateway.Client.BaseAddress!.ToString());
        code.ShouldBe(2);
        error.ShouldContain("does not serve the model 'scripted-modle'");
    }

    [Fact]
    public async Task Without_a_gateway_the_command_says_how_to_start_one()
    {
        var nobody = ScriptedUpstreamServer.RefusedBaseUrl()[..^"/v1".Length];

        var (code, _, error) = await RunAsync("warm", "m", "--urls", nobody);

        code.ShouldBe(2);
        error.ShouldBe($"codex-gateway: no gateway answers at {nobody}; start one with codex-gateway serve, or name its address with --urls\n");
    }

    [Fact]
    public async Task What_codex_reads_of_the_list_does_not_change_with_the_states()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => Answer;
        await using var gateway = await RunningGateway.StartAsync(Settings, RunningGateway.View(upstream));
        var before = await ListAsync("/v1/models?client_version=0.169.0");
        var plainBefore = await ListAsync("/v1/models");
        (await AskAsync(gateway, stream: true, codex: true)).ShouldContain("Hello");

        (await ListAsync("/v1/models?client_version=0.169.0")).ShouldBe(before);
        var plain = await ListAsync("/v1/models");
        plain.Tag.ShouldNotBe(plainBefore.Tag);
        JsonNode.Parse(plain.Body)!["models"]!.ToJsonString().ShouldBe(JsonNode.Parse(before.Body)!["models"]!.ToJsonString());
        plainBefore.Body.ShouldContain("\"warmth\":{\"state\":\"unknown\"}");
        plain.Body.ShouldContain("\"warmth\":{\"state\":\"warm\"}");
        before.Body.ShouldNotContain("warmth");

        async Task<(string Body, string Tag)> ListAsync(string path)
        {
            using var response = await gateway.Client.GetAsync(path);
            return (await response.Content.ReadAsStringAsync(), response.Headers.ETag!.Tag);
        }
    }

    private static async Task<string> AskAsync(RunningGateway gateway, bool stream, bool codex, string input = "Hi", string model = "scripted-model")
    {
        using var response = await gateway.PostAsync(
            "/v1/responses",
            $$"""{"model":"{{model}}","input":"{{input}}","stream":{{(stream ? "true" : "false")}}}""",
            ("User-Agent", codex ? "codex_exec/0.169.0 (x)" : "other"));
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (await GatewayCommandLine.RunAsync(args, output, error), output.ToString(), error.ToString());
    }

    private static bool IsWarmUp(RecordedRequest request) => request.Json().TryGetProperty("max_tokens", out var most) && most.GetInt32() == 1;

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!happened())
            await Task.Delay(10, limit.Token);
    }

    private static ProviderView View(ScriptedUpstreamServer upstream) => new(
        new Provider("ollama", ProviderOrigin.Discovered, DialectRegistry.Find("ollama")!, [new Uri(upstream.BaseUrl)]) { Key = new KeySource.NoKey() },
        [new ProviderModel("m:latest") { ContextWindow = 4096, WindowIsAssumed = true, OtherNames = ["m"] }],
        DateTimeOffset.UnixEpoch,
        Problem: null);

    private static async Task<ScriptedUpstreamServer> StartOllamaAsync(int window)
    {
        var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Answer = _ => Answer;
        return upstream
            .Route("GET", "/api/tags", """{"models":[{"model":"m:latest","digest":"d"}]}""")
            .Route("POST", "/api/show", """{"model_info":{"x.context_length":40960},"capabilities":["completion","tools"]}""")
            .Route("POST", "/api/generate", "{}")
            .Route("GET", "/api/ps", _ => ChatScript.Body(200, upstream.ChatRequests.Count == 0
                ? """{"models":[]}"""
                : $$"""{"models":[{"model":"m:latest","context_length":{{window}}}]}"""));
    }
}
