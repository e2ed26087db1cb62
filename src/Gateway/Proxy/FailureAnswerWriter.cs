using System.Globalization;
using Codex.Gateway.Logging;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate;

namespace Codex.Gateway.Proxy;

/// <summary>Tells a client of a failure, in the way <see cref="ErrorPolicy"/> chose for it.</summary>
internal static class FailureAnswerWriter
{
    /// <param name="plan">Null when the request was refused before it was translated.</param>
    /// <param name="model">The model asked for, as far as it could be read.</param>
    public static async Task SendAsync(
        HttpContext context, Failure failure, bool wantsEvents, string? model, AnswerPlan? plan, TimeProvider time)
    {
        var log = context.Features.Get<RequestLog>();
        log?.Failure = failure.Kind.ToString();
        // Whatever the proxy was about to say, a length among it, is void.
        context.Response.Headers.ContentLength = null;
        var answer = ErrorPolicy.Decide(failure, ClientKinds.Of(context.Request), wantsEvents);
        if (answer.AsEvents)
        {
            EventStreamHeaders.Set(context.Response);
            await context.Response.Body.WriteAsync(Events(answer.Error, plan ?? EmptyPlan(model, time)), context.RequestAborted);
        }
        else
        {

            if (answer.RetryAfter is { } delay)
                context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
            await ErrorBody.SendAsync(context, answer.Status, answer.Error);
        }

        log?.IsComplete = true;
    }

    private static ReadOnlyMemory<byte> Events(ResponseError error, AnswerPlan plan)
    {
        var events = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var transcoder = plan.NewTranscoder();
        transcoder.Start(events);
        transcoder.Fail(error, events);
        return events.WrittenMemory;
    }

    /// <summary>A response has to name its model even when the request could not be read that far.</summary>
    private static AnswerPlan EmptyPlan(string? model, TimeProvider time)
    {
        var request = new ResponsesRequest { Model = model ?? "unknown", Stream = true };
        var call = new ChatCall(
            new ChatRequest { Model = request.Model }, DialectRegistry.Generic, ToolMap.Empty, [], AnswerKind.Response, EstimatedPromptTokens: 0);
        return new AnswerPlan(call, ExchangePreparation.NewTemplate(request, time), default, Redaction.None);
    }
}
