using Codex.Gateway.Demo.Scripts;
using Microsoft.AspNetCore.Http;

namespace Codex.ScriptedUpstream;

/// <summary>Plays a script onto a connection of Kestrel.</summary>
internal static class ScriptPlayer
{
    public static async Task<RequestEnd> PlayAsync(
        ChatScript script, HttpContext context, RecordedRequest record, TimeProvider time, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            foreach (var step in script.Steps)
            {
                if (step is ScriptStep.Abort)
                {
                    context.Abort();
                    return new RequestEnd.Broken(time.GetUtcNow());
                }

                await PlayAsync(step, context.Response, record, time, gone.Token);
            }

            // The last bytes leave here, so that the record's end is not earlier than the response's.
            await context.Response.CompleteAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException && gone.IsCancellationRequested)
        {
            return GoneOrStopped(context, time);
        }

        return context.RequestAborted.IsCancellationRequested
            ? new RequestEnd.ClientGone(time.GetUtcNow())
            : new RequestEnd.Complete(time.GetUtcNow());
    }

    private static RequestEnd GoneOrStopped(HttpContext context, TimeProvider time)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return new RequestEnd.ClientGone(time.GetUtcNow());
        context.Abort();
        return new RequestEnd.Broken(time.GetUtcNow());
    }

    private static async Task PlayAsync(
        ScriptStep step, HttpResponse response, RecordedRequest record, TimeProvider time, CancellationToken gone)
    {
        switch (step)
        {
            case ScriptStep.SendHead head:
                response.StatusCode = head.Status;
                foreach (var (name, value) in head.Headers)
                    response.Headers.Append(name, value);
                break;
            case ScriptStep.Write write:
                var target = response.BodyWriter.GetMemory(write.Bytes.Length);
                write.Bytes.CopyTo(target);
                response.BodyWriter.Advance(write.Bytes.Length);
                record.Sent(write.Bytes.Length);
                break;
            case ScriptStep.Flush:
                await response.BodyWriter.FlushAsync(gone);
                gone.ThrowIfCancellationRequested();
                break;
            case ScriptStep.Pause pause:
                await Task.Delay(pause.Duration, time, gone);
                break;
            case ScriptStep.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, gone);
                break;
            default:
                throw new NotSupportedException($"Unknown step {step.GetType().Name}.");
        }
    }
}
