using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Hosting;

public sealed class LastResortTests
{
    [Fact]
    public async Task A_fault_of_ours_is_an_error_with_an_id_and_one_line_in_the_log()
    {
        var broken = new Dialect { Name = "broken", RewriteRequest = _ => throw new InvalidOperationException("secret detail") };
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            new Provider("p", ProviderOrigin.Configured, broken, [new Uri("http://127.0.0.1:9/v1")]), "m"));

        using var response = await gateway.PostAsync("/v1/responses", """{"model":"m","input":"hi"}""");

        ((int)response.StatusCode).ShouldBe(500);
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text);
        var id = response.Headers.GetValues("x-request-id").Single();
        json.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(id);
        text.ShouldNotContain("secret detail");
        text.ShouldNotContain("   at ");
        await gateway.Log.RequestLineAsync("/v1/responses");
        gateway.Log.Events.Count(e => e.Exception is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Codex_hears_of_it_once_instead_of_thirty_tries()
    {
        var broken = new Dialect { Name = "broken", RewriteRequest = _ => throw new InvalidOperationException("x") };
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            new Provider("p", ProviderOrigin.Configured, broken, [new Uri("http://127.0.0.1:9/v1")]), "m"));

        using var response = await gateway.PostAsync(
            "/v1/responses", """{"model":"m","input":"hi","stream":true}""", ("originator", "codex_exec"), ("Accept", "text/event-stream"));

        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsStringAsync()).ShouldContain("invalid_prompt");
    }
}
