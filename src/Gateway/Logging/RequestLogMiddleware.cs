using System.Globalization;
using System.Text;
using Serilog.Events;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Logging;

/// <summary>Gives every request its id and its one line in the log.</summary>
public sealed class RequestLogMiddleware(RequestDelegate next, ILogger log, TimeProvider time)
{
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
        var status = gone && !record.IsComplete ? ClientGone : context.Response.StatusCode;
        var level = LevelOf(context.Request.Path, status, record);
        if (!log.IsEnabled(level))
            return;
        // Only what there is: a line of a health check should not be as long as one of an answer.
        var template = new StringBuilder("{Method} {Path}");
        var values = new List<object?> { PlainText.ForLog(context.Request.Method), PlainText.ForLog(context.Request.Path.Value ?? "") };
        Add("", " {Provider}", record.Provider);
        Add("", " {Model}", record.Model is { } model ? PlainText.ForLog(model) : null);
        Add("", " {Status}", status);
        Add(" in", " {DurationMs} ms", (long)duration.TotalMilliseconds);
        Add(", first event", " {FirstMs} ms", (long?)record.FirstEvent?.TotalMilliseconds);
        Add(", retries", " {Retries}", record.Retries > 0 ? record.Retries : null);
        Add(", keepalives", " {Keepalives}", record.Keepalives > 0 ? record.Keepalives : null);
        Add(", tokens in", " {TokensIn}", record.TokensIn);
        Add(", out", " {TokensOut}", record.TokensOut);
        Add(", tool calls", " {ToolCalls}", record.ToolCalls);
        Add(", dropped", " {Dropped}", record.Dropped);
        Add(", failure", " {Failure}", record.Failure);
        Add(",", " {RequestId}", record.RequestId);
        log.ForContext<RequestLogMiddleware>().Write(level, template.ToString(), [.. values]);

        void Add(string label, string hole, object? value)
        {
            if (value is null)
                return;
            template.Append(label).Append(hole);
            values.Add(value);
        }
    }

    private static LogEventLevel LevelOf(PathString path, int status, RequestLog record) =>
        path == "/healthz" || path == "/readyz" ? LogEventLevel.Debug
        : status == ClientGone || (status < 500 && record.Failure is null) ? LogEventLevel.Information
        : LogEventLevel.Warning;
}
