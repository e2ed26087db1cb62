using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Proxy;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Proxy;

public sealed class ConversationBalancingTests
{
    [Fact]
    public void A_replica_that_goes_away_moves_only_its_own_conversations()
    {
        string[] three = ["http://a/", "http://b/", "http://c/"];
        var conversations = Enumerable.Range(0, 300).Select(i => $"conversation-{i}").ToArray();
        string Home(string conversation, IEnumerable<string> replicas) => replicas.MaxBy(r => ConversationBalancing.Score(conversation, r))!;

        foreach (var conversation in conversations)
        {
            var before = Home(conversation, three);
            var after = Home(conversation, three[..2]);
            if (before != three[2])
                after.ShouldBe(before);
        }

        foreach (var replica in three)
            conversations.Count(c => Home(c, three) == replica).ShouldBeInRange(60, 140);
    }

    [Theory]
    [InlineData("prompt_cache_key")]
    [InlineData("thread-id")]
    [InlineData("session-id")]
    [InlineData("session_id")]
    public async Task One_conversation_stays_with_one_replica_and_many_spread(string place)
    {
        await using var one = await ScriptedUpstreamServer.StartAsync();
        await using var two = await ScriptedUpstreamServer.StartAsync();
        one.Answer = two.Answer = _ => ChatScript.Body(200, "{}");
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            one, p => p with { Replicas = [new Uri(one.BaseUrl), new Uri(two.BaseUrl)] }));

        for (var conversation = 0; conversation < 12; conversation++)
        {
            for (var turn = 0; turn < 3; turn++)
            {
                var name = $"conversation-{conversation}";
                using var response = place == "prompt_cache_key"
                    ? await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"scripted-model","prompt_cache_key":"{{name}}"}""")
                    : await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"scripted-model","n":"{{name}}"}""", (place, name));
                response.IsSuccessStatusCode.ShouldBeTrue();
            }
        }

        // Each conversation's three turns are on one side, and neither side has all.
        one.ChatRequests.GroupBy(r => r.BodyText).ShouldAllBe(g => g.Count() == 3);
        two.ChatRequests.GroupBy(r => r.BodyText).ShouldAllBe(g => g.Count() == 3);
        one.ChatRequests.Count.ShouldBeInRange(3, 33);
        (one.ChatRequests.Count + two.ChatRequests.Count).ShouldBe(36);
    }

    [Fact]
    public async Task A_replica_that_cannot_be_reached_is_left_alone_for_a_while()
    {
        await using var alive = await ScriptedUpstreamServer.StartAsync();
        alive.Answer = _ => ChatScript.Body(200, "{}");
        var dead = ScriptedUpstreamServer.RefusedBaseUrl();
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(
            alive, p => p with { Replicas = [new Uri(dead), new Uri(alive.BaseUrl)] }));

        var failures = 0;
        for (var i = 0; i < 12; i++)
        {
            using var response = await gateway.PostAsync("/v1/chat/completions", $$"""{"model":"scripted-model","prompt_cache_key":"c{{i}}"}""");
            failures += response.IsSuccessStatusCode ? 0 : 1;
        }

        failures.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task The_only_replica_is_tried_again_even_right_after_a_failure()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(ChatScript.Refuse(), ChatScript.Body(200, "{}"));
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var first = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");
        using var second = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model"}""");

        ((int)first.StatusCode, (int)second.StatusCode).ShouldBe((502, 200));
    }
}
