using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Codex.Gateway.Hosting;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Codex.Contract.Tests.Chaos;

/// <summary>The whole gateway in this process, two replicas that misbehave, 64 clients.</summary>
internal sealed partial class ChaosRun(int seed, TimeSpan duration)
{
    private const int Clients = 64;

    private static readonly TimeSpan SettlingLimit = TimeSpan.FromSeconds(60);

    private readonly AttemptLedger _ledger = new();
    private readonly Fate _fate = new(seed);
    private readonly Tally _tally = new();
    private int _kills;

    public async Task<ChaosReport> RunAsync()
    {
        await using var one = new ChaosReplica(_ledger, _fate);
        await using var other = new ChaosReplica(_ledger, _fate);
        ChaosReplica[] replicas = [one, other];
        var faults = new FaultSink();
        await using var app = await StartAsync(replicas, faults);
        // A client that leaves does so at once, instead of reading on to save its connection.
        using var sockets = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0, UseProxy = false };
        using var gateway = new HttpClient(sockets) { BaseAddress = new Uri(app.Urls.Single()), Timeout = Timeout.InfiniteTimeSpan };
        // Pools and compiled code belong to the base.
        await PhaseAsync(gateway, replicas, "a", duration / 5);
        var before = Memory.Take();
        var started = Stopwatch.GetTimestamp();
        await PhaseAsync(gateway, replicas, "b", duration);
        var took = Stopwatch.GetElapsedTime(started);
        var after = Memory.Take();
        await RecoverAsync(gateway, replicas);
        await app.StopAsync();
        foreach (var fault in faults.Faults)
            _ledger.Accuse(fault);
        return new ChaosReport(seed, took, _tally, _ledger, _kills, before, after);
    }

    /// <summary>Not as other tests start it: they keep every line of the log, which would be the leak that this one looks for.</summary>
    private static async Task<WebApplication> StartAsync(ChaosReplica[] replicas, FaultSink faults)
    {
        var provider = new Provider("chaos", ProviderOrigin.Configured, DialectRegistry.Generic, [.. replicas.Select(r => new Uri(r.BaseUrl))])
        {
            Timeouts = new ProviderTimeouts(
                Connect: TimeSpan.FromSeconds(2), FirstByte: TimeSpan.FromSeconds(3), Idle: TimeSpan.FromSeconds(3), Total: TimeSpan.FromSeconds(30)),
            Retries = new ProviderRetries(MaxAttempts: 4, MaxTime: TimeSpan.FromSeconds(10), MaxWait: TimeSpan.FromSeconds(5), Share: 1),
            ColdStart = new ColdStart(TimeSpan.FromSeconds(20), Waiters: 256, StartsOnDemand: false),
        };
        var directory = new ProviderDirectory();
        directory.Update(s => s with { Providers = [RunningGateway.View(provider, "m")] });
        var app = GatewayApp.Build(
            new GatewaySettings
            {
                Urls = ["http://127.0.0.1:0"],
                KeepAlive = TimeSpan.FromMilliseconds(250),
                Log = new LogSettings(LogEventLevel.Fatal),
            },
            directory,
            services => services.AddSingleton<ILogger>(new LoggerConfiguration().MinimumLevel.Information().WriteTo.Sink(faults).CreateLogger()));
        await app.StartAsync();
        return app;
    }

    private async Task PhaseAsync(HttpClient gateway, ChaosReplica[] replicas, string name, TimeSpan length)
    {
        using var end = new CancellationTokenSource(length);
        var clients = Enumerable.Range(0, Clients).Select(i => new ChaosClient($"{name}{i}", gateway, _ledger, _tally, _fate).RunAsync(end.Token));
        await Task.WhenAll(clients.Append(TroubleAsync(name, replicas, end.Token)));
        await SettleAsync(gateway, replicas);
        _ledger.Forget();
    }

    /// <summary>What befalls a replica as a whole.</summary>
    private async Task TroubleAsync(string name, ChaosReplica[] replicas, CancellationToken end)
    {
        var random = _fate.Of($"trouble {name}");
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(300, 2000), end);
                var replica = replicas[random.Next(replicas.Length)];
                var length = TimeSpan.FromMilliseconds(random.Next(200, 1500));
                switch (random.Next(5))
                {
                    case 0 or 1:
                        _kills++;
                        await replica.KillAsync();
                        await Task.Delay(length, CancellationToken.None);
                        replica.Open();
                        break;
                    case var mood:
                        replica.Mood = (Mood)(mood - 1);
                        await Task.Delay(length, CancellationToken.None);
                        replica.Mood = Mood.Well;
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>All clients are done: nothing may be on its way any more, neither to them nor at the backends.</summary>
    private static async Task SettleAsync(HttpClient gateway, ChaosReplica[] replicas)
    {
        var waited = Stopwatch.GetTimestamp();
        while (await OpenStreamsAsync(gateway) > 0 || replicas.Any(r => r.Active > 0))
        {
            if (Stopwatch.GetElapsedTime(waited) > SettlingLimit)
                throw new TimeoutException(
                    $"{await OpenStreamsAsync(gateway)} streams are still open, and {replicas.Sum(r => r.Active)} answers at the backends run for nobody.");
            await Task.Delay(50);
        }
    }

    private static async Task<int> OpenStreamsAsync(HttpClient gateway)
    {
        var page = await gateway.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return OpenStreams().Matches(page).Sum(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Once the trouble is over, every request is answered and every replica serves again.</summary>
    private async Task RecoverAsync(HttpClient gateway, ChaosReplica[] replicas)
    {
        foreach (var replica in replicas)
            replica.IsKind = true;
        var before = replicas.Select(r => r.Served).ToList();
        var waited = Stopwatch.GetTimestamp();
        for (var i = 0; replicas.Zip(before).Any(r => r.First.Served < r.Second + 5); i++)
        {
            if (Stopwatch.GetElapsedTime(waited) > SettlingLimit)
                throw new TimeoutException("A replica is well and is asked no more.");
            using var request = new Manner(SpeaksResponses: true, Streams: false, IsCodex: false).Request($"recovery-{i}");
            using var response = await gateway.SendAsync(request);
            // Waits that were asked for during the trouble may still hold.
            if (!response.IsSuccessStatusCode && Stopwatch.GetElapsedTime(waited) > TimeSpan.FromSeconds(5))
                _ledger.Accuse($"after the trouble: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            await Task.Delay(50);
        }
    }

    [GeneratedRegex(@"^codex_gateway_open_streams(\{[^}]*\})? (?<count>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenStreams();

    /// <summary>Keeps only what no request should ever lead to.</summary>
    private sealed class FaultSink : ILogEventSink
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _faults = new();

        public IReadOnlyCollection<string> Faults => _faults;

        public void Emit(LogEvent logEvent)
        {
            if (logEvent.Level >= LogEventLevel.Error && _faults.Count < 20)
                _faults.Enqueue($"log: {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {logEvent.Exception}");
        }
    }
}
