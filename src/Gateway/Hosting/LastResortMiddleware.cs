using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Hosting;

/// <summary>Nobody is ever shown a stack trace: what nothing else caught becomes an error in the clients' own shape.</summary>
internal sealed class LastResortMiddleware(RequestDelegate next, ILogger log, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (context.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            // The client left; there is nobody to tell.
        }
        catch (Exception error)
        {
            await ReportAsync(context, error);
        }
    }

    private async Task ReportAsync(HttpContext context, Exception error)
    {
        var id = context.Features.Get<RequestLog>()?.RequestId;
        var failure = error is BadHttpRequestException bad
            ? new Failure(FailureKind.InvalidRequest, bad.StatusCode, $"The request cannot be read: {bad.Message}")
            : new Failure(
                FailureKind.Internal,
                StatusCodes.Status500InternalServerError,
                $"The gateway failed on this request; its log tells more under {id}.");
        if (failure.Kind == FailureKind.Internal)
            log.ForContext<LastResortMiddleware>().Error(error, "Request {RequestId} failed", id);
        if (context.Response.HasStarted)
        {
            // Ending cleanly would make half an answer look whole.
            context.Abort();
            return;
        }

        await FailureAnswerWriter.SendAsync(context, failure, ClientKinds.AcceptsEvents(context.Request), model: null, plan: null, time);
    }
}
