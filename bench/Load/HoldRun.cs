using System.Diagnostics;
using System.Globalization;

namespace Codex.Bench.Load;

/// <summary>Many streams open at once: whether all open, whether all live, what each costs, and how soon one ends.</summary>
internal static class HoldRun
{
    private const int OpeningAtOnce = 64;
    private const int Leaving = 50;

    /// <summary>The gateway's usual sign of life comes every 5 s; a busy machine may be late with ten thousand of them.</summary>
    private static readonly TimeSpan LifeLimit = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(LoadOptions options, ServerProcess upstream)
    {
        var gateways = new List<ServerProcess>();
        var clients = new List<LoadClient>();
        try
        {
            for (var i = 0; i < options.Gateways; i++)
            {
                gateways.Add(await ServerProcess.StartGatewayAsync(upstream));
                clients.Add(LoadClient.OfResponses(gateways[i]));
                await clients[i].RunAsync(1, 3);
            }

            await HoldAsync(options, upstream, gateways, clients);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            gateways.ForEach(g => g.Dispose());
        }
    }

    private static async Task HoldAsync(LoadOptions options, ServerProcess upstream, List<ServerProcess> gateways, List<LoadClient> clients)
    {
        var before = gateways.Sum(g => g.ResidentBytes);
        var started = Stopwatch.GetTimestamp();
        var (streams, failures) = await OpenAsync(options, clients);
        var took = Stopwatch.GetElapsedTime(started);
        var alive = (await Task.WhenAll(streams.Select(LivesAsync))).Count(a => a);
        var after = gateways.Sum(g => g.ResidentBytes);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"held {streams.Count} of {options.Hold} streams in {gateways.Count} process(es), opened in {took.TotalSeconds:0.0} s; {failures.Count} failed; {alive} got a sign of life; question of {options.BodyKiB} KiB"));
        foreach (var failure in failures.Distinct(StringComparer.Ordinal).Take(3))
            await Console.Out.WriteLineAsync($"  {failure}");
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"memory a held stream: {(after - before) / 1024.0 / Math.Max(1, streams.Count):0.0} KiB ({after / 1048576.0:0} MiB in all)"));
        await Console.Out.WriteLineAsync(await LeaveAsync(upstream, clients[0]));
        foreach (var stream in streams)
            await stream.DisposeAsync();
    }

    private static async Task<(List<Stream> Streams, List<string> Failures)> OpenAsync(LoadOptions options, List<LoadClient> clients)
    {
        var streams = new List<Stream>(options.Hold);
        var failures = new List<string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, OpeningAtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < options.Hold)
            {
                try
                {
                    var stream = await clients[i % clients.Count].OpenIdleAsync(options.BodyKiB);
                    lock (streams)
                        streams.Add(stream);
                }
                catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
                {
                    lock (failures)
                        failures.Add(error.Message);
                }
            }
        }));
        return (streams, failures);
    }

    private static async Task<bool> LivesAsync(Stream stream)
    {
        using var limit = new CancellationTokenSource(LifeLimit);
        try
        {
            return await stream.ReadAsync(new byte[4096], limit.Token) > 0;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>From the client's leaving to the backend's hearing of it, one after the other while all the rest is open.</summary>
    private static async Task<string> LeaveAsync(ServerProcess upstream, LoadClient client)
    {
        using var asking = new HttpClient();
        var times = new List<double>();
        for (var i = 0; i < Leaving; i++)
        {
            var stream = await client.OpenIdleAsync(mark: $"{UpstreamServer.Mark}leaver{i};");
            var left = DateTime.UtcNow;
            await stream.DisposeAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            while (true)
            {
                using var answer = await asking.GetAsync(new Uri($"{upstream.Address}/left/leaver{i}"), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    var heard = new DateTime(long.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture), DateTimeKind.Utc);
                    times.Add((heard - left).TotalMilliseconds);
                    break;
                }

                await Task.Delay(5, limit.Token);
            }
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"client gone to backend cancelled: median {times[times.Count / 2]:0.0} ms, least {times[0]:0.0}, greatest {times[^1]:0.0} (of {times.Count})");
    }
}
