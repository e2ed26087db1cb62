using System.Net;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy.Attempts;

/// <summary>Answers that pass through as they are and break off.</summary>
public sealed class PassedBodyTests
{
    private const string Whole = """{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"hello"}}]}""";

    public static TheoryData<string, ChatScript, ChatScript> Breaks
    {
        get
        {
            var stream = new ChatStreamBuilder().Role().Content("hel", "lo").Finish().Done().ToScript();
            var whole = ChatScript.Body(200, Whole);
            return new()
            {
                { "a stream before its first byte", stream.CutAfter(0), stream },
                { "none: a stream is slow after its head", stream.WithSilenceAfterHead(TimeSpan.FromSeconds(1.5)), stream },
                { "a whole answer before its first byte", whole.CutAfter(0), whole },
                { "a whole answer in its middle", whole.CutAfter(40), whole },
                { "a whole answer after a long silence", new([ChatScript.Head(200, ChatScript.JsonType), new ScriptStep.Flush(), new ScriptStep.Pause(TimeSpan.FromSeconds(1.5)), new ScriptStep.Abort()]), whole },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task What_breaks_before_the_client_has_anything_of_use_is_asked_for_again(string situation, ChatScript broken, ChatScript good)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(broken, good);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Retries = ProviderRetries.Default }));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model","messages":[]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK, situation);
        (await response.Content.ReadAsStringAsync()).ShouldBe(good.BodyText(), situation);
        upstream.ChatRequests.Select(r => r.BodyText).Distinct().Count().ShouldBe(1, "every attempt sends the same bytes");
    }

    [Fact]
    public async Task When_every_attempt_breaks_the_client_gets_the_cause()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, Whole).CutAfter(40));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model","messages":[]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync()).ShouldContain("The connection to provider 'scripted' broke before its answer.");
    }

    [Fact]
    public async Task A_stream_that_breaks_in_its_middle_is_cut_for_the_client_too_and_not_asked_for_again()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("hel").Pause(TimeSpan.FromMilliseconds(200)).Abort().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream, p => p with { Retries = ProviderRetries.Default }));

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model","stream":true,"messages":[]}""");

        await Should.ThrowAsync<HttpRequestException>(response.Content.ReadAsStringAsync());
        upstream.ChatRequests.Count.ShouldBe(1);
    }
}
