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
            var rounds = await MeasureRoundsAsync(options, upstream);
            var passThroughMemory = await MeasureMemoryAsync(await ServerProcess.StartPassThroughAsync(upstream), LoadClient.OfChat, options.Idle);
            var gatewayMemory = await MeasureMemoryAsync(await ServerProcess.StartGatewayAsync(upstream), LoadClient.OfResponses, options.Idle);
            LoadReport.Write(Console.Out, rounds, passThroughMemory, gatewayMemory, options.Idle);
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Bench.Load: {e.Message}");
            return 1;
        }
    }

    private static async Task<List<(Round PassThrough, Round Gateway)>> MeasureRoundsAsync(LoadOptions options, ServerProcess upstream)
    {
        using var passThrough = await ServerProcess.StartPassThroughAsync(upstream);
        using var gateway = await ServerProcess.StartGatewayAsync(upstream);
        using var chat = LoadClient.OfChat(passThrough);
        using var responses = LoadClient.OfResponses(gateway);
        // Until the runtime has compiled the hot code a second time, with what it has learnt.
        for (var i = 0; i < 2; i++)
        {
            await chat.RunAsync(options.Streams, options.Requests);
            await responses.RunAsync(options.Streams, options.Requests);
        }

        var rounds = new List<(Round, Round)>();
        for (var i = 0; i < options.Rounds; i++)
        {
            var one = await MeasureAsync(passThrough, chat, options);
            var other = await MeasureAsync(gateway, responses, options);
            rounds.Add((one, other));
            await Console.Out.WriteLineAsync(
                $"  round {i + 1}: yarp {one.CpuPerRequest.TotalMilliseconds:0.00} ms, gateway {other.CpuPerRequest.TotalMilliseconds:0.00} ms CPU a request");
        }

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
    private static async Task<long> MeasureMemoryAsync(ServerProcess proxy, Func<ServerProcess, LoadClient> clientOf, int streams)
    {
        using var measured = proxy;
        using var client = clientOf(proxy);
        await client.RunAsync(1, 3);
        var before = proxy.ResidentBytes;
        var open = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => client.OpenIdleAsync()));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var after = proxy.ResidentBytes;
        foreach (var stream in open)
            await stream.DisposeAsync();
        return (after - before) / streams;
    }
}
