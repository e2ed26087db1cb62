using System.Net;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Providers;

public class NewModelTests
{
    [Theory]
    [InlineData("/v1/embeddings", """{"model":"fresh","input":"x"}""", "Bearer k", "Bearer k")]
    [InlineData("/v1/chat/completions", """{"model":"fresh","messages":[]}""", "Bearer k", "Bearer k")]
    [InlineData("/v1/chat/completions", """{"model":"fresh","messages":[]}""", "Bearer none", null)]
    public async Task A_model_that_came_after_the_last_look_is_found_by_the_request_for_it(string path, string body, string authorization, string? upstreamHears)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Route("GET", "/v1/models", """{"object":"list","data":[{"id":"old"},{"id":"fresh"}]}""");
        upstream.Route("POST", path, """{"ok":true}""");
        // Two configured providers: neither is the default one.
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View("one", upstream.BaseUrl, "old"),
            RunningGateway.View(new Provider("two", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")]), "else"));

        using var response = await gateway.PostAsync(path, body, ("Authorization", authorization));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Directory.Current.Find("one")!.Models.Select(m => m.Id).ShouldBe(["old", "fresh"]);
        upstream.Requests.First(r => r.Path == "/v1/models").Headers.GetValueOrDefault("Authorization").ShouldBe(upstreamHears);
    }
}
