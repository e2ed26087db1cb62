using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Health;

public sealed class HealthTests
{
    private static readonly Provider Somewhere =
        new("one", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")]);

    private static readonly ProviderView Scripted = new(Somewhere with { Name = "demo", Origin = ProviderOrigin.Embedded }, [], null, null);

    private const string NotAsked = "Not every provider has been asked for its models yet.";

    [Fact]
    public async Task A_running_gateway_is_healthy_whatever_its_providers_are()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var response = await gateway.Client.GetAsync("/healthz");

        ((int)response.StatusCode).ShouldBe(200);
    }

    public static TheoryData<string, ProviderView[], int, string?> Situations => new()
    {
        { "nobody there", [], 503, "There is no provider." },
        { "not asked yet", [new(Somewhere, [], AskedAt: null, Problem: null)], 503, NotAsked },
        { "asked", [Asked(Somewhere)], 200, null },
        { "hides its list", [Asked(Somewhere) with { Problem = "Has no list of models." }], 200, null },
        { "cannot be reached", [Asked(Somewhere) with { Problem = "Cannot be reached.", IsDown = true }], 503, "No provider can be used." },
        { "one of two cannot", [Asked(Somewhere) with { Problem = "Cannot be reached.", IsDown = true }, Asked(Somewhere with { Name = "two" })], 200, null },
        { "one of two not asked", [Asked(Somewhere), new(Somewhere with { Name = "two" }, [], null, null)], 503, NotAsked },
        { "only the scripted one", [Scripted], 200, null },
        { "the scripted one does not stand in", [Scripted, Asked(Somewhere) with { Problem = "Cannot be reached.", IsDown = true }], 503, "No provider can be used." },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task Ready_means_that_some_provider_can_be_used(string situation, ProviderView[] providers, int status, string? reason)
    {
        await using var gateway = await RunningGateway.StartAsync(providers);

        using var response = await gateway.Client.GetAsync("/readyz");

        ((int)response.StatusCode).ShouldBe(status, situation);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("ready").GetBoolean().ShouldBe(status == 200);
        json.RootElement.GetProperty("reason").GetString().ShouldBe(reason);
        json.RootElement.GetProperty("providers").EnumerateArray().Select(p => p.GetProperty("problem").GetString())
            .ShouldBe(providers.Select(p => p.Problem));
    }

    [Fact]
    public async Task A_provider_whose_replicas_all_rest_cannot_be_used()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.RateLimited(retryAfterSeconds: 60));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Key = new KeySource.NoKey() }));
        using var limited = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"a"}""");
        await limited.Content.ReadAsStringAsync();

        using var response = await gateway.Client.GetAsync("/readyz");

        ((int)response.StatusCode).ShouldBe(503);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var provider = json.RootElement.GetProperty("providers")[0];
        provider.GetProperty("usable").GetBoolean().ShouldBeFalse();
        var destination = provider.GetProperty("destinations")[0];
        destination.GetProperty("address").GetString().ShouldBe(upstream.BaseUrl);
        destination.GetProperty("state").GetString().ShouldBe("resting");
        destination.GetProperty("rests_until").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_model_that_answered_is_told_to_be_warm()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("a").Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        using var answer = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"a"}""");
        await answer.Content.ReadAsStringAsync();

        using var json = JsonDocument.Parse(await gateway.Client.GetStringAsync("/readyz"));

        json.RootElement.GetProperty("providers")[0].GetProperty("model_states").GetProperty("scripted-model").GetString().ShouldBe("warm");
    }

    [Fact]
    public async Task A_gateway_that_stops_is_not_ready_and_tells_strangers_no_addresses()
    {
        await using var gateway = await RunningGateway.StartAsync(Asked(Somewhere));
        gateway.BeginStop();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/readyz");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await gateway.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(503);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"ready":false,"reason":"The gateway is stopping."}""");
    }

    private static ProviderView Asked(Provider provider) => new(provider, [new("m")], DateTimeOffset.UnixEpoch, Problem: null);
}
