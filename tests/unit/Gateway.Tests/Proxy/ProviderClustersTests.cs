using Codex.Gateway.Demo;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Proxy;

public sealed class ProviderClustersTests
{
    [Fact]
    public async Task A_provider_that_appears_is_served_at_once_and_one_that_goes_is_not()
    {
        await using var first = await ScriptedUpstreamServer.StartAsync();
        await using var second = await ScriptedUpstreamServer.StartAsync();
        first.Answer = second.Answer = _ => ChatScript.Body(200, "{}");
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View("one", first.BaseUrl, "a"));

        for (var i = 0; i < 20; i++)
        {
            var name = $"two{i}";
            gateway.Directory.Update(s => s with { Providers = [s.Providers[0], RunningGateway.View(name, second.BaseUrl, "b")] });
            using var response = await gateway.PostAsync("/v1/embeddings", $$"""{"model":"{{name}}/b"}""");
            second.Requests.Count.ShouldBe(i + 1, await response.Content.ReadAsStringAsync());
        }

        gateway.Directory.Update(s => s with { Providers = [s.Providers[0]] });
        using var gone = await gateway.PostAsync("/v1/embeddings", """{"model":"two19/b"}""");
        second.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public void News_of_models_alone_do_not_touch_the_clusters()
    {
        var directory = new ProviderDirectory();
        var view = RunningGateway.View("one", "http://127.0.0.1:9/v1", "a");
        directory.Update(s => s with { Providers = [view] });
        using var clusters = new ProviderClusters(directory);
        var before = clusters.GetConfig();

        directory.Update(s => s with { Providers = [view with { Models = [new ProviderModel("b")] }] });
        clusters.GetConfig().ShouldBeSameAs(before);

        directory.Update(s => s with { Providers = [view with { Provider = view.Provider with { Name = "two" } }] });
        clusters.GetConfig().Clusters.Select(c => c.ClusterId).ShouldBe([ProviderClusters.Unassigned, "two"]);
        before.ChangeToken.HasChanged.ShouldBeTrue();
    }

    [Fact]
    public async Task The_embedded_provider_needs_no_connection()
    {
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            new Provider("demo", ProviderOrigin.Embedded, DialectRegistry.Generic, [new Uri(DemoHandler.BaseUrl)]), DemoModel.Name));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"demo","messages":[{"role":"user","content":"hello"}]}""");

        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsStringAsync()).ShouldContain("chat.completion");
    }
}
