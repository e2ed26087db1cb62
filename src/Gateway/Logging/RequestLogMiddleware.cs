using System.Globalization;
using Serilog.Events;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Logging;

/// <summary>Gives every request its id and its one line in the log.</summary>
public sealed class RequestLogMiddleware(RequestDelegate next, ILogger log, TimeProvider time)
{
    private const string Line =
        "{Method} {Path} {Provider} {Model} {Status} first {FirstMs} ms, all {DurationMs} ms, " +
        "tokens {TokensIn}/{TokensOut}, calls {ToolCalls}, dropped {Dropped}, failure {Failure}, {RequestId}";

    /// <summary>What a log shows for a client that went away, as is customary.</summary>
    private const int ClientGone = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var record = new RequestLog { RequestId = "req_" + Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture) };
        var gone = context.RequestAborted;
        context.Features.Set(record);
        context.Response.Headers["x-request-id"] = record.RequestId;
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, record, time.GetElapsedTime(started), gone.IsCancellationRequested);
        }
    }

    private void Write(HttpContext context, RequestLog record, TimeSpan duration, bool gone)
    {
        var status = gone ? ClientGone : context.Response.StatusCode;
        var level = LevelOf(context.Request.Path, status, record);
        if (!log.IsEnabled(level))
            return;
        const string none = "-";
        log.ForContext<RequestLogMiddleware>().Write(
            level,
            Line,
            context.Request.Method,
            context.Request.Path.Value,
            record.Provider ?? none,
            record.Model ?? none,
            status,
            record.FirstEvent is { } first ? (long)first.TotalMilliseconds : none,
            (long)duration.TotalMilliseconds,
            (object?)record.TokensIn ?? none,
            (object?)record.TokensOut ?? none,
            (object?)record.ToolCalls ?? none,
            record.Dropped ?? none,
            record.Failure ?? none,
            record.RequestId);
    }

    private static LogEventLevel LevelOf(PathString path, int status, RequestLog record) =>
        path == "/healthz" || path == "/readyz" ? LogEventLevel.Debug
        : status == ClientGone || (status < 500 && record.Failure is null) ? LogEventLevel.Information
        : LogEventLevel.Warning;
}
