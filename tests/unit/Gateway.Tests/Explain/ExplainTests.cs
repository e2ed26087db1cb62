using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Explain;
using Codex.Gateway.Hosting;
using Codex.Gateway.Logging;
using Codex.ScriptedUpstream;
using Microsoft.AspNetCore.Http;

namespace Codex.Gateway.Tests.Explain;

public sealed class ExplainTests
{
    private const string Key = "sk-client-secret-0001";
    private static readonly GatewaySettings On = new() { Explain = true };

    [Fact]
    public async Task A_request_is_told_from_both_sides_with_events_decisions_and_no_key()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(
            ChatScript.Error(500, $"Broken, and the key is {Key}.", "server_error"),
            new ChatStreamBuilder().Role().Content("Hel", "lo " + Key).Finish(usage: new ScriptedUsage(7, 3)).Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(
            On, RunningGateway.View(upstream, p => p with { Retries = p.Retries with { MaxAttempts = 2 } }));

        using var response = await gateway.PostAsync(
            "/v1/responses", $$"""{"model":"scripted-model","input":"my key is {{Key}}","stream":true,"service_tier":"flex"}""", ("Authorization", "Bearer " + Key));
        await response.Content.ReadAsStringAsync();
        await gateway.Log.RequestLineAsync("/v1/responses");
        var id = response.Headers.GetValues("x-gateway-request-id").Single();
        var whole = await gateway.Client.GetStringAsync($"/admin/requests/{id}");

        whole.ShouldNotContain("secret-0001");
        using var json = JsonDocument.Parse(whole);
        var story = json.RootElement;
        story.GetProperty("status").GetInt32().ShouldBe(200);
        story.GetProperty("attempts").GetInt32().ShouldBe(2);
        var sent = story.GetProperty("client_request");
        sent.GetProperty("headers").GetProperty("authorization").GetString().ShouldBe("[key]");
        sent.GetProperty("body").GetProperty("input").GetString().ShouldBe("my key is [key]");
        var calls = story.GetProperty("backend_requests");
        calls.GetArrayLength().ShouldBe(2);
        calls[0].GetProperty("url").GetString().ShouldBe(upstream.BaseUrl + "/chat/completions");
        calls[0].GetProperty("body").GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("my key is [key]");
        calls[0].GetProperty("status").GetInt32().ShouldBe(500);
        calls[0].GetProperty("cause").GetString().ShouldBe("BackendError");
        calls[1].GetProperty("status").GetInt32().ShouldBe(200);
        var events = story.GetProperty("events").EnumerateArray().Select(e => (From: e.GetProperty("from").GetString(), Text: e.GetProperty("text").GetString()!)).ToList();
        events.ShouldContain(("backend", "data: [DONE]"));
        events.ShouldContain(e => e.From == "gateway" && e.Text.StartsWith("event: response.completed", StringComparison.Ordinal));
        events.Count(e => e.From == "gateway" && e.Text.StartsWith("event: response.created", StringComparison.Ordinal)).ShouldBe(1);
        var decisions = story.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("sentence").GetString()!).ToList();
        decisions[0].ShouldBe("The model 'scripted-model' means 'scripted-model' of provider 'scripted', which lists it.");
        decisions.ShouldContain(d => d.StartsWith("Tried again after BackendError", StringComparison.Ordinal));
        decisions.ShouldContain(d => d.StartsWith("Left out service_tier: ", StringComparison.Ordinal));
        decisions.ShouldContain(d => d.StartsWith($"Attempt 2 went to {upstream.BaseUrl} (the only address) and was answered after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_terminal_gets_both_requests_beside_each_other()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a\u001b[2J").Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(On, RunningGateway.View(upstream));
        using var response = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"hello"}""");
        await gateway.Log.RequestLineAsync("/v1/responses");
        gateway.Client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        var id = response.Headers.GetValues("x-gateway-request-id").Single();

        var list = await gateway.Client.GetStringAsync("/admin/requests");
        var text = await gateway.Client.GetStringAsync($"/admin/requests/{id}");

        list.ShouldStartWith(id);
        list.ShouldContain("scripted-model  200");
        text.Split('\n').ShouldContain(l => l.StartsWith("CLIENT  POST /v1/responses", StringComparison.Ordinal) && l.Contains($"| BACKEND  POST {upstream.BaseUrl}/chat/completions", StringComparison.Ordinal));
        text.ShouldContain(" < data: [DONE]");
        text.Where(char.IsControl).Distinct().ShouldBe(['\n']);
    }

    [Fact]
    public async Task Nothing_is_kept_unless_it_is_on_and_nobody_else_may_look()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Body(200, "{}"));
        await using var off = await RunningGateway.StartAsync(RunningGateway.View(upstream));
        await using var on = await RunningGateway.StartAsync(On, RunningGateway.View(upstream));
        using var answer = await off.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/admin/requests");
        stranger.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var missing = await off.Client.GetAsync("/admin/requests");
        using var refused = await on.Client.SendAsync(stranger);
        using var unknown = await on.Client.GetAsync("/admin/requests/req_unknown");

        ((int)missing.StatusCode).ShouldBe(404);
        (await missing.Content.ReadAsStringAsync()).ShouldContain("explain_is_off");
        ((int)refused.StatusCode).ShouldBe(403);
        ((int)unknown.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData("data: 1\n\ndata: 2\n\nrest")]
    [InlineData("data: 1\r\n\r\ndata: 2\r\n\r\nrest")]
    public void Events_are_cut_where_they_end_however_they_come(string stream)
    {
        for (var size = 1; size <= stream.Length; size++)
        {
            var story = NewStory();
            var capture = new EventCapture(story, StorySide.Backend);
            foreach (var part in Encoding.UTF8.GetBytes(stream).Chunk(size))
                capture.Take(part);
            capture.Flush();

            story.Events.Select(e => e.Text).ShouldBe(["data: 1", "data: 2", "rest"]);
        }
    }

    [Fact]
    public void A_story_and_all_stories_together_are_bounded()
    {
        var story = NewStory();
        for (var i = 0; i < RequestStory.MostEvents + 5; i++)
            story.Add(StorySide.Gateway, "e");
        story.ClientSent(new byte[10_000_000]);
        story.Events.Length.ShouldBe(RequestStory.MostEvents);
        story.OmittedEvents.ShouldBe(5);
        story.Body!.Length.ShouldBe(RequestStory.LongestBody + 1);

        var shelf = new StoryShelf();
        for (var i = 0; i < StoryShelf.MostStories + 3; i++)
        {
            var large = NewStory($"req_{i}");
            shelf.Add(large);
            large.ClientSent(new byte[RequestStory.LongestBody]);
            shelf.Trim();
        }

        shelf.All[0].Id.ShouldBe($"req_{StoryShelf.MostStories + 2}");
        shelf.All.Sum(s => (long)s.Size).ShouldBeLessThanOrEqualTo(16 * 1024 * 1024);
        shelf.All.Length.ShouldBe(64);
    }

    private static RequestStory NewStory(string id = "req_1") =>
        new(new DefaultHttpContext().Request, new RequestLog { RequestId = id }, DateTimeOffset.UnixEpoch);
}
