using System.Diagnostics;

namespace Codex.Bench.Load;

/// <summary>The whole run: both proxies over the same backend, in turns, so that what the machine does meanwhile hits both.</summary>
internal static class LoadRun
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        await Console.Out.WriteLineAsync(
            $"{options.Streams} streams of {options.Chunks} chunks {options.PaceMs} ms apart, {options.Requests} a stream and round, {options.Rounds} rounds; {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        try
        {
            using var upstream = await ServerProcess.StartUpstreamAsync(options);
            if (options.Hold > 0)
            {
                await HoldRun.RunAsync(options, upstream);
                return 0;
            }

            var rounds = await MeasureRoundsAsync(options, upstream);
            var passThroughMemory = await MeasureMemoryAsync(await ServerProcess.StartPassThroughAsync(upstream), LoadClient.OfChat, options);
            var gatewayMemory = await MeasureMemoryAsync(await ServerProcess.StartGatewayAsync(upstream), LoadClient.OfResponses, options);
            LoadReport.Write(Console.Out, rounds, passThroughMemory, gatewayMemory, options.Idle);
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Bench.Load: {e.Message}");
            return 1;
        }
    }

    private static async Task<List<Turn>> MeasureRoundsAsync(LoadOptions options, ServerProcess upstream)
    {
        using var passThrough = await ServerProcess.StartPassThroughAsync(upstream);
        using var gateway = await ServerProcess.StartGatewayAsync(upstream);
        using var chat = LoadClient.OfChat(passThrough);
        using var responses = LoadClient.OfResponses(gateway);
        var configuration = Path.GetTempFileName();
        var (guarded, key) = await ServerProcess.StartGuardedGatewayAsync(upstream, configuration);
        using var guardedGateway = guarded;
        using var withKey = LoadClient.OfResponses(guarded, key);
        // Until the runtime has compiled the hot code a second time, with what it has learnt.
        for (var i = 0; i < 2; i++)
        {
            await chat.RunAsync(options.Streams, options.Requests);
            await responses.RunAsync(options.Streams, options.Requests);
            await withKey.RunAsync(options.Streams, options.Requests);
        }

        var rounds = new List<Turn>();
        for (var i = 0; i < options.Rounds; i++)
        {
            var one = await MeasureAsync(passThrough, chat, options);
            var other = await MeasureAsync(gateway, responses, options);
            var third = await MeasureAsync(guarded, withKey, options);
            rounds.Add(new Turn(one, other, third));
            await Console.Out.WriteLineAsync(
                $"  round {i + 1}: yarp {one.CpuPerRequest.TotalMilliseconds:0.00} ms, gateway {other.CpuPerRequest.TotalMilliseconds:0.00} ms, with key and limits {third.CpuPerRequest.TotalMilliseconds:0.00} ms CPU a request");
        }

        File.Delete(configuration);

        return rounds;
    }

    private static async Task<Round> MeasureAsync(ServerProcess proxy, LoadClient client, LoadOptions options)
    {
        var cpu = proxy.CpuTime;
        var started = Stopwatch.GetTimestamp();
        var first = await client.RunAsync(options.Streams, options.Requests);
        var took = Stopwatch.GetElapsedTime(started);
        cpu = proxy.CpuTime - cpu;
        Array.Sort(first);
        return new Round(cpu / first.Length, first.Length / took.TotalSeconds, first[first.Length / 2], first[first.Length * 99 / 100]);
    }

    /// <summary>In a fresh process: one that has worked has free memory of its own in which new streams do not show.</summary>
    private static async Task<long> MeasureMemoryAsync(ServerProcess proxy, Func<ServerProcess, LoadClient> clientOf, LoadOptions options)
    {
        using var measured = proxy;
        using var client = clientOf(proxy);
        await client.RunAsync(1, 3);
        var before = proxy.ResidentBytes;
        var open = await Task.WhenAll(Enumerable.Range(0, options.Idle).Select(_ => client.OpenIdleAsync(options.BodyKiB)));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var after = proxy.ResidentBytes;
        foreach (var stream in open)
            await stream.DisposeAsync();
        return (after - before) / options.Idle;
    }
}
