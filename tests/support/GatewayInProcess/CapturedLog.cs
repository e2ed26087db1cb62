using System.Collections.Concurrent;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Codex.GatewayInProcess;

/// <summary>What a gateway under test wrote to its log.</summary>
public sealed class CapturedLog : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _events = new();

    public CapturedLog() => Logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger();

    public ILogger Logger { get; }

    public IReadOnlyList<LogEvent> Events => [.. _events];

    public void Emit(LogEvent logEvent) => _events.Enqueue(logEvent);

    /// <summary>The line of the first request of this path; written just after the client has its answer.</summary>
    public async Task<LogEvent> RequestLineAsync(string path) => (await RequestLinesAsync(path, 1))[0];

    /// <summary>The lines of the requests of this path, as soon as there are so many.</summary>
    public async Task<IReadOnlyList<LogEvent>> RequestLinesAsync(string path, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            LogEvent[] lines = [.. _events.Where(e => Text(e, "Path") == path)];
            if (lines.Length >= count)
                return lines;
            await Task.Delay(10, limit.Token);
        }
    }

    public static string? Text(LogEvent line, string property) =>
        line.Properties.GetValueOrDefault(property) is ScalarValue { Value: { } value } ? value.ToString() : null;
}
