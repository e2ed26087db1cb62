using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Health;

public sealed class HealthTests
{
    private static readonly Provider Somewhere =
        new("one", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")]);

    [Fact]
    public async Task A_running_gateway_is_healthy_whatever_its_providers_are()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var response = await gateway.Client.GetAsync("/healthz");

        ((int)response.StatusCode).ShouldBe(200);
    }

    public static TheoryData<string, ProviderView[], int> Readiness => new()
    {
        { "nobody there", [], 503 },
        { "not asked yet", [new(Somewhere, [], AskedAt: null, Problem: null)], 503 },
        { "asked", [new(Somewhere, [new("m")], DateTimeOffset.UnixEpoch, Problem: null)], 200 },
        { "asked in vain", [new(Somewhere, [], AskedAt: null, "refused")], 200 },
        { "one of two asked", [new(Somewhere, [], DateTimeOffset.UnixEpoch, null), new(Somewhere with { Name = "two" }, [], null, null)], 503 },
        { "the embedded one needs no asking", [new(Somewhere with { Origin = ProviderOrigin.Embedded }, [], null, null)], 200 },
    };

    [Theory]
    [MemberData(nameof(Readiness))]
    public async Task Ready_means_every_provider_was_asked(string situation, ProviderView[] providers, int status)
    {
        await using var gateway = await RunningGateway.StartAsync(providers);

        using var response = await gateway.Client.GetAsync("/readyz");

        ((int)response.StatusCode).ShouldBe(status, situation);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("ready").GetBoolean().ShouldBe(status == 200);
        json.RootElement.GetProperty("providers").EnumerateArray().Select(p => p.GetProperty("problem").GetString())
            .ShouldBe(providers.Select(p => p.Problem));
    }
}
