using System.Globalization;
using System.Text;
using Serilog.Events;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Logging;

/// <summary>Gives every request its id and its one line in the log.</summary>
public sealed class RequestLogMiddleware(RequestDelegate next, ILogger log, TimeProvider time)
{
    /// <summary>What a log shows for a client that went away, as is customary.</summary>
    public const int ClientGone = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var record = new RequestLog(time) { RequestId = "req_" + Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture) };
        var gone = context.RequestAborted;
        context.Features.Set(record);
        Announce(context.Response, record);
        try
        {
            await next(context);
        }
        finally
        {
            Write(context, record, gone.IsCancellationRequested);
        }
    }

    /// <summary>The status to report, which is the client's doing when it left early.</summary>
    internal static int StatusOf(HttpContext context, RequestLog record, bool gone) =>
        gone && !record.IsComplete ? ClientGone : context.Response.StatusCode;

    /// <summary>
    /// Headers of every answer. Attempts are those begun when the headers leave: all of them for a whole answer or
    /// an error, fewer for a stream that had to begin before an attempt brought its answer.
    /// </summary>
    private static void Announce(HttpResponse response, RequestLog record)
    {
        // The headers as they are now: later ones may belong to an attempt that never reaches the client.
        var headers = response.Headers;
        headers["x-request-id"] = record.RequestId;
        headers["x-gateway-request-id"] = record.RequestId;
        response.OnStarting(() =>
        {
            record.IsStreaming = headers.ContentType.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
            if (record.Provider is not null)
                headers["x-gateway-attempts"] = record.AttemptCount.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
    }

    private void Write(HttpContext context, RequestLog record, bool gone)
    {
        var status = StatusOf(context, record, gone);
        var level = LevelOf(context.Request.Path, status, record);
        if (!log.IsEnabled(level))
            return;
        // Only what there is: a line of a health check should not be as long as one of an answer.
        var template = new StringBuilder("{Method} {Path}");
        var values = new List<object?> { PlainText.ForLog(context.Request.Method), PlainText.ForLog(context.Request.Path.Value ?? "") };
        Add(" by", " {Key}", record.Key);
        Add("", " {Provider}", record.Provider);
        Add("", " {Model}", record.Model is { } model ? PlainText.ForLog(model) : null);
        Add("", " {Status}", status);
        Add(" in", " {DurationMs} ms", (long)record.Elapsed.TotalMilliseconds);
        Add(", first event", " {FirstMs} ms", (long?)record.FirstEvent?.TotalMilliseconds);
        Add(", tokens in", " {TokensIn}", record.TokensIn);
        Add(", out", " {TokensOut}", record.TokensOut);
        Add(", tool calls", " {ToolCalls}", record.ToolCalls);
        Add(", dropped", " {Dropped}", record.Dropped);
        Add(", retries", " {Retries}", record.AttemptCount > 1 ? record.AttemptCount - 1 : null);
        Add(" after", " {Failures}", record.AttemptCount > 1 ? FailuresOf(record.Attempts) : null);
        Add(", queued", " {QueuedMs} ms", Milliseconds(record.QueueTime));
        Add(", cold", " {ColdMs} ms", Milliseconds(record.ColdTime));
        Add(", keepalives", " {Keepalives}", record.Keepalives > 0 ? record.Keepalives : null);
        Add(", repairs", " {Repairs}", record.Repairs > 0 ? record.Repairs : null);
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

    private static long? Milliseconds(TimeSpan time) => time > TimeSpan.Zero ? (long)time.TotalMilliseconds : null;

    /// <summary>How the attempts ended that brought no answer: <c>Unreachable, 503 Cold</c>.</summary>
    private static string FailuresOf(IReadOnlyList<Attempt> attempts) => string.Join(
        ", ", attempts.Where(a => a.Cause is not null).Take(10).Select(a => a.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status} {a.Cause}") : a.Cause));

    private static LogEventLevel LevelOf(PathString path, int status, RequestLog record) =>
        path == "/healthz" || path == "/readyz" || path == "/metrics" ? LogEventLevel.Debug
        : status == ClientGone || (status < 500 && record.Failure is null) ? LogEventLevel.Information
        : LogEventLevel.Warning;
}
