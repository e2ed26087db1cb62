using System.Globalization;
using Codex.Gateway.Hosting;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy.Inquiry;
using Codex.Gateway.Warmth;
using Polly;
using Polly.Retry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>
/// Runs YARP's steps for one request until a replica answers or nothing is left to try. Polly says when, the
/// <see cref="RetryPolicy"/> whether, YARP's balancing where. What has been sent to the client is never sent again.
/// </summary>
internal sealed class AttemptLoop(
    IProxyStateLookup clusters,
    FailureInquiry inquiry,
    RetryBudget budget,
    ReplicaRests rests,
    ModelWarmth warmth,
    ContextGuard guard,
    StreamDrain drain,
    TimeProvider time)
{
    private readonly ResiliencePipeline<AttemptOutcome> _pipeline = new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<AttemptOutcome>
        {
            // The policy counts for itself: waiting as long as a backend asks is no attempt.
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(300),
            MaxDelay = TimeSpan.FromSeconds(8),
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is AttemptOutcome.Again),
            DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Result as AttemptOutcome.Again)?.Delay),
        })
        .Build();

    /// <summary>Asking a backend whether it has a model loaded takes no longer.</summary>
    private static readonly TimeSpan NoticeableWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Null when the client got an answer, or has gone.</summary>
    public async Task<Failure?> RunAsync(HttpContext context, Exchange exchange, RequestLog log, RequestDelegate forward)
    {
        budget.PayIn(exchange.Provider);
        var run = new Run(context, exchange, log, forward, time.GetTimestamp());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Cut);
        try
        {
            if ((guard.Check(exchange) ?? await EnsureWarmAsync(run, ended.Token)) is { } refused)
                return refused;
            var outcome = await _pipeline.ExecuteAsync(
                static (state, token) => state.Loop.AttemptAsync(state.Run, token), (Loop: this, Run: run), ended.Token);
            return outcome is AttemptOutcome.GaveUp { Failure: var failure }
                ? TriedReplicas.Tell(failure, exchange.Attempts, time.GetElapsedTime(run.Started))
                : null;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return context.RequestAborted.IsCancellationRequested ? null : RequestFailures.Stopping;
        }
    }

    private async ValueTask<AttemptOutcome> AttemptAsync(Run run, CancellationToken ended)
    {
        var (context, exchange) = (run.Context, run.Exchange);
        if (!clusters.TryGetCluster(exchange.Provider.Name, out var cluster))
        {
            return new AttemptOutcome.GaveUp(new Failure(
                FailureKind.Unreachable,
                StatusCodes.Status503ServiceUnavailable,
                $"Provider '{exchange.Provider.Name}' has just changed; send the request again."));
        }

        if (rests.AllOf(cluster) is { } resting)
            return Decide(run, resting, hasUntried: false);
        var began = time.GetTimestamp();
        Prepare(context, exchange, cluster);
        var clientGone = context.RequestAborted;
        using var deadline = new RequestDeadline(FirstByteLimit(exchange, run), time, clientGone, run.Started);
        deadline.EndWith(drain.Cut);
        exchange.Deadline = deadline;
        context.RequestAborted = deadline.Token;
        try
        {
            await run.Forward(context);
        }
        finally
        {
            context.RequestAborted = clientGone;
        }

        if (clientGone.IsCancellationRequested)
        {
            // Some clients leave as soon as they have the last event.
            if (run.Log.IsComplete)
                Learn(exchange, run.Log);
            return AttemptOutcome.Answered.Instance;
        }

        if (deadline.IsStopped && !context.Response.HasStarted)
            return new AttemptOutcome.GaveUp(RequestFailures.Stopping);
        if (FailureOf(context, exchange) is not { } found)
        {
            Learn(exchange, run.Log);
            return AttemptOutcome.Answered.Instance;
        }

        var duration = time.GetElapsedTime(began);
        var destination = context.GetReverseProxyFeature().ProxiedDestination;
        var failure = await inquiry.ExplainAsync(exchange, warmth.Read(exchange, found), destination?.DestinationId, run.Log, ended);
        exchange.Attempts.Add(new Attempt(destination?.DestinationId, failure, duration));
        run.Log.LastAttempt?.Explain(failure.Kind.ToString());
        // A limit of the client's own key says nothing of the replica.
        if (destination is not null && MayRest(exchange, failure))
            rests.Begin(cluster, destination, failure);
        // Output was on its way to the client.
        if (exchange.Body.IsEmpty)
            return new AttemptOutcome.GaveUp(failure);
        var hasUntried = Untried(exchange, cluster).Any();
        return failure.Kind == FailureKind.Cold
            ? await WarmAsync(run, failure, hasUntried, ended)
            : Decide(run, failure, hasUntried);
    }

    private async ValueTask<Failure?> EnsureWarmAsync(Run run, CancellationToken cancellation)
    {
        var failure = await warmth.EnsureAsync(run.Exchange, cancellation);
        var waited = time.GetElapsedTime(run.Started);
        if (waited > NoticeableWait)
        {
            run.Log.ColdTime += waited;
            run.Log.Decide(string.Create(CultureInfo.InvariantCulture, $"Waited {waited.TotalSeconds:0.#} s for the model to be loaded."));
        }

        return failure;
    }

    /// <summary>Another replica may have the model loaded; when none has, the request waits until one does.</summary>
    private async ValueTask<AttemptOutcome> WarmAsync(Run run, Failure sign, bool hasUntried, CancellationToken cancellation)
    {
        if (hasUntried)
        {
            run.Log.Decide($"Tried another replica after {Told(sign)}.");
            return new AttemptOutcome.Again(TimeSpan.Zero);
        }

        var began = time.GetTimestamp();
        var failure = await warmth.WarmAsync(run.Exchange, sign, cancellation);
        var waited = time.GetElapsedTime(began);
        run.Log.ColdTime += waited;
        run.Log.Decide(string.Create(CultureInfo.InvariantCulture, $"Waited {waited.TotalSeconds:0.#} s for the model to be loaded, after {Told(sign)}."));
        // Those that were cold may have loaded it since.
        run.Exchange.Attempts.RemoveAll(a => a.Failure.Kind == FailureKind.Cold);
        if (failure is null)
            return new AttemptOutcome.Again(TimeSpan.Zero);
        // What the backend answered is not why there is no answer now.
        run.Exchange.PassedError = null;
        return new AttemptOutcome.GaveUp(failure);
    }

    private void Learn(Exchange exchange, RequestLog log)
    {
        warmth.Answered(exchange);
        if (log.TokensIn is { } tokens)
            guard.Learn(exchange, tokens);
    }

    private static Failure? FailureOf(HttpContext context, Exchange exchange)
    {
        if (exchange is { Stream: { } stream, Opening: { } opening })
        {
            // Cut off before anything of it was sent on: nobody else would end a response that signs of life have begun.
            var cut = context.Response.HasStarted || stream.FailedUnheard ? null : TransportFailure.Of(context, exchange);
            if (!stream.FailedUnheard && cut is null)
                return null;
            opening.TakeBack(stream is { FailedUnheard: true, WasRead: true } ? stream.Sequence : opening.Sequence, exchange.Deferred!.IsSent);
            return cut ?? StreamFailure.Explain(stream, exchange);
        }

        return exchange.Failure ?? (context.Response.HasStarted ? null : TransportFailure.Of(context, exchange));
    }

    private TimeSpan FirstByteLimit(Exchange exchange, Run run)
    {
        var timeouts = exchange.Provider.Timeouts;
        var left = timeouts.Total - time.GetElapsedTime(run.Started);
        return left >= timeouts.FirstByte ? timeouts.FirstByte : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static bool MayRest(Exchange exchange, Failure failure) =>
        failure.Kind is FailureKind.RateLimited or FailureKind.BackendError
        && exchange.Provider.Key is not KeySource.ClientBearer;

    private AttemptOutcome Decide(Run run, Failure failure, bool hasUntried)
    {
        var exchange = run.Exchange;
        var decision = RetryPolicy.Decide(failure, exchange.Provider.Retries, new RetryState(
            exchange.Attempts.Count, hasUntried, time.GetElapsedTime(run.Started) - run.Log.ColdTime, run.Waited));
        if (!decision.Again || (exchange.Attempts.Count > 0 && !budget.TryTakeOut(exchange.Provider)))
        {
            run.Log.Decide(decision.Again
                ? $"Not tried again after {Told(failure)}: retries have used up their share of this provider's requests."
                : $"Not tried again after {Told(failure)}.");
            return new AttemptOutcome.GaveUp(failure);
        }

        run.Log.Decide(decision.Delay is { } pause
            ? string.Create(CultureInfo.InvariantCulture, $"Tried again after {Told(failure)}, {pause.TotalSeconds:0.#} s later.")
            : $"Tried again after {Told(failure)}.");
        if (decision.Delay is { } delay)
            run.Waited += delay;
        return new AttemptOutcome.Again(decision.Delay);
    }

    private static string Told(Failure failure) => $"{failure.Kind} ({failure.Cause ?? failure.Message})";

    private static IEnumerable<DestinationState> Untried(Exchange exchange, ClusterState cluster) =>
        cluster.DestinationsState.AvailableDestinations.Where(d => exchange.Attempts.All(a => a.Destination != d.DestinationId));

    /// <summary>Makes the context look as if nothing had been tried yet.</summary>
    private static void Prepare(HttpContext context, Exchange exchange, ClusterState cluster)
    {
        if (exchange.Deferred is { } deferred)
        {
            deferred.BeginAttempt();
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.Headers.ContentLength = null;
        }

        context.Request.Body = new ExchangeBody(exchange.Body);
        context.Request.ContentLength = exchange.Body.Length;
        context.Features.Set<IForwarderErrorFeature>(null);
        exchange.Failure = null;
        exchange.Folded = null;
        exchange.Stream = null;
        exchange.PassedError = null;
        exchange.Cluster = cluster;
        context.ReassignProxyRequest(cluster);
        if (exchange.Attempts.Count > 0 && Untried(exchange, cluster).ToList() is { Count: > 0 } untried)
            context.GetReverseProxyFeature().AvailableDestinations = untried;
    }

    private sealed class Run(HttpContext context, Exchange exchange, RequestLog log, RequestDelegate forward, long started)
    {
        public HttpContext Context { get; } = context;

        public Exchange Exchange { get; } = exchange;

        public RequestLog Log { get; } = log;

        public RequestDelegate Forward { get; } = forward;

        public long Started { get; } = started;

        public TimeSpan Waited { get; set; }
    }
}
