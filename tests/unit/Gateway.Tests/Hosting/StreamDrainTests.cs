using System.Globalization;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Tests.Proxy;
using Codex.ScriptedUpstream;

namespace Codex.Gateway.Tests.Hosting;

/// <summary>What becomes of open streams when the gateway is told to stop.</summary>
public sealed class StreamDrainTests
{
    private static readonly ChatStreamBuilder Begun = new ChatStreamBuilder().Role().Content("Hel");

    [Fact]
    public async Task A_stream_that_ends_in_time_is_not_cut()
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(new ChatStreamBuilder().Content("Hel").Pause(TimeSpan.FromSeconds(1)).Content("lo").Finish().Done().ToScript());
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));
        var stopping = gateway.StopAsync();
        var events = await ResponsesTests.EventsAsync(response);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));

        events[^1].Type().ShouldBe("response.completed");
        Report(gateway).ShouldEndWith("1 requests finished, 0 were cut");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_takes_longer_gets_its_terminal_event_and_is_counted(bool hasOutput)
    {
        await using var upstream = await ScriptedUpstreamServer.StartAsync();
        upstream.Enqueue(hasOutput ? Begun.Hang().ToScript() : ChatScript.Silence());
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { DrainTime = TimeSpan.FromSeconds(0.5), KeepAlive = TimeSpan.FromSeconds(0.1) }, RunningGateway.View(upstream));

        using var response = await gateway.PostAsync("/v1/responses", ResponsesTests.Ask(stream: true));
        var stopping = gateway.StopAsync();
        var events = await ResponsesTests.EventsAsync(response);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));

        events[^1].Type().ShouldBe("response.failed");
        events[^1].GetProperty("response").GetProperty("error").GetProperty("message").GetString()!.ShouldContain("being stopped");
        Report(gateway).ShouldEndWith("0 requests finished, 1 were cut");
        (await upstream.ChatRequests.Single().Ended.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeOfType<RequestEnd.ClientGone>();
    }

    private static string Report(RunningGateway gateway) =>
        gateway.Log.Events.Select(e => e.RenderMessage(CultureInfo.InvariantCulture)).Single(m => m.StartsWith("Stopped after", StringComparison.Ordinal));
}
