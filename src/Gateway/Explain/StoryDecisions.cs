using System.Globalization;
using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Explain;

/// <summary>Decisions that can be told from what is known at the end; what has to be told at its time is in the log's own list.</summary>
internal static class StoryDecisions
{
    public static void AddTo(RequestStory story, Exchange? exchange)
    {
        var log = story.Log;
        if (exchange is not null)
        {
            // Nothing of this is decided later than the first call.
            var began = log.Attempts.FirstOrDefault()?.At ?? log.Elapsed;
            foreach (var sentence in Preparation(exchange))
                log.Decide(sentence, began);
            foreach (var attempt in log.Attempts)
                log.Decide(Told(attempt, exchange), attempt.At + (attempt.Duration ?? TimeSpan.Zero));
        }

        foreach (var sentence in Outcome(log))
            log.Decide(sentence);
    }

    private static IEnumerable<string> Preparation(Exchange exchange)
    {
        yield return $"The model '{exchange.Model}' means '{exchange.UpstreamModel}' of provider '{exchange.Provider.Name}'{Found(exchange)}.";
        yield return exchange.Plan is null
            ? "The body was passed on as it is, but for the model's name."
            : $"The request was translated to chat/completions in the dialect '{exchange.Provider.Dialect.Name}', about {exchange.Plan.Call.EstimatedPromptTokens} tokens.";
        foreach (var lost in exchange.Plan?.Call.Dropped ?? [])
            yield return $"Left out {PlainText.ForLog(lost.Path)}: {lost.Reason}.";
    }

    private static IEnumerable<string> Outcome(RequestLog log)
    {
        if (log.Keepalives > 0)
            yield return $"The client was kept waiting by {log.Keepalives} events.";
        if (log.QueueTime > TimeSpan.Zero)
            yield return string.Create(CultureInfo.InvariantCulture, $"The request waited {log.QueueTime.TotalSeconds:0.#} s for a free place at the provider.");
        if (log.Failure is { } failure)
            yield return $"The client was told of a failure: {failure}.";
    }

    private static string Found(Exchange exchange) =>
        exchange.Target.Known is not null ? ", which lists it"
        : exchange.Target.Settings is not null ? ", as the configuration says"
        : ", which does not list it: it may be cold, or hidden";

    private static string Told(Attempt attempt, Exchange exchange)
    {
        var replicas = exchange.Provider.Replicas.Length;
        var why = replicas == 1 ? "the only address"
            : attempt.Number > 1 ? $"one of {replicas} not tried before, if there was any"
            : exchange.ConversationId is null ? $"the least busy of {replicas}"
            : $"of {replicas} the one this conversation stays with";
        var end = attempt switch
        {
            { Duration: null } => "is under way",
            { Cause: { } cause, Status: { } status } => $"ended with {status}, {cause}",
            { Cause: { } cause } => $"ended with {cause}",
            _ => "was answered",
        };
        return string.Create(CultureInfo.InvariantCulture, $"Attempt {attempt.Number} went to {attempt.Destination ?? "nobody"} ({why}) and {end} after {attempt.Duration?.TotalMilliseconds ?? 0:0} ms.");
    }
}
