using System.Net;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Keys;
using Codex.ScriptedUpstream;
using Microsoft.Extensions.DependencyInjection;

namespace Codex.Gateway.Tests.Fairness;

/// <summary>A provider that takes only so many at once, over real sockets.</summary>
public sealed class ProviderQueueTests
{
    private const string Body = """{"model":"scripted-model","stream":true,"input":"I am NAME"}""";

    [Fact]
    public async Task Keys_are_served_in_turn_and_never_more_than_the_limit()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        var gate = new TaskCompletionSource();
        var ((alice, aliceKey), (bob, bobKey)) = (MadeKeys.Make("alice"), MadeKeys.Make("bob"));
        upstream.Answer = _ => new ChatStreamBuilder().Role().Content("hello").Finish().Done().ToScript();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings(),
            s => s.AddSingleton(new KeyRing([alice, bob])),
            RunningGateway.View(upstream, p => p with { Concurrency = new ProviderConcurrency(1, 100) }));

        using var first = await gateway.PostAsync("/v1/responses", Body, ("x-api-key", aliceKey));
        var waiting = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            waiting.Add(AskAsync("alice", aliceKey));
            await QueuedAsync(gateway, i + 1);
        }

        waiting.Add(AskAsync("bob", bobKey));
        await QueuedAsync(gateway, 5);
        upstream.ChatRequests.Count.ShouldBe(1);
        PlacesOf(gateway).ShouldBe([1, 2, 3, 4, 2]);
        first.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));

        upstream.ChatRequests.Select(r => r.BodyText.Contains("bob", StringComparison.Ordinal)).ShouldBe([false, false, true, false, false, false]);

        async Task AskAsync(string name, string key)
        {
            using var response = await gateway.PostAsync("/v1/responses", Body.Replace("NAME", name, StringComparison.Ordinal), ("x-api-key", key));
            (await response.Content.ReadAsStringAsync()).ShouldContain("response.completed");
        }
    }

    [Fact]
    public async Task A_full_queue_says_so_and_a_client_that_leaves_gives_its_place_up()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("a").Hang().ToScript());
        upstream.Enqueue(new ChatStreamBuilder().Role().Content("hello").Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.View(upstream, p => p with { Concurrency = new ProviderConcurrency(1, 1) }));

        using var running = await gateway.PostAsync("/v1/chat/completions", """{"model":"scripted-model","stream":true,"messages":[]}""");
        using var leaving = new CancellationTokenSource();
        var waiting = gateway.Client.PostAsync("/v1/chat/completions", new StringContent("""{"model":"scripted-model","messages":[]}""", null, "application/json"), leaving.Token);
        await QueuedAsync(gateway, 1);
        using var refused = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"hi"}""");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Provider 'scripted' has 1 requests running and 1 waiting");

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        // Until the gateway has seen that it left, the place that gets free would be its own.
        await gateway.Log.RequestLineAsync("/v1/chat/completions");
        running.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var next = await gateway.PostAsync("/v1/responses", """{"model":"scripted-model","input":"hi"}""");
            if (next.StatusCode == HttpStatusCode.OK)
                break;
            await Task.Delay(20, limit.Token);
        }

        upstream.ChatRequests.Count.ShouldBe(2);
    }

    private static async Task QueuedAsync(RunningGateway gateway, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (PlacesOf(gateway).Count() < count)
            await Task.Delay(10, limit.Token);
    }

    private static IEnumerable<int> PlacesOf(RunningGateway gateway) =>
        [.. gateway.Log.Events.Select(e => CapturedLog.Text(e, "Place")).OfType<string>().Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture))];
}
