using Codex.Gateway.Providers;
using Codex.Translation.Dialects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Codex.Gateway.Tests.Providers;

public class ProviderWatchTests
{
    [Fact]
    public async Task Providers_are_there_when_the_gateway_has_started_and_new_ones_are_asked_at_once()
    {
        await using var vllm = await RecordedBackend.StartAsync("007_vllm");
        await using var added = await RecordedBackend.StartAsync(RecordedBackend.Listing("fresh"));
        var directory = new ProviderDirectory();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services
            .AddLogging()
            .AddSingleton(directory)
            .AddSingleton(TimeProvider.System)
            .AddProviders()
            .AddProviderWatch(DiscoveryPlan.At([vllm.Port], _ => true));
        using var host = builder.Build();

        await host.StartAsync();
        directory.Current.Find("vllm")!.Models.Length.ShouldBe(2);
        directory.Current.Find("demo").ShouldNotBeNull();

        var provider = new Provider("late", ProviderOrigin.Configured, DialectRegistry.Generic, [added.BaseAddress]);
        directory.Update(s => s with { Providers = s.Providers.Add(new ProviderView(provider, [], AskedAt: null, Problem: null)) });
        await UntilAsync(() => directory.Current.Find("late")!.Models.Length == 1);
        await host.StopAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }
}
