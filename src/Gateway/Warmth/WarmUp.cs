using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>How requests came into the queue of a warm-up.</summary>
internal enum Joining
{
    Joined,

    /// <summary>As many wait as may.</summary>
    Full,

    /// <summary>It is over; a new one has to begin.</summary>
    Over,
}

/// <summary>
/// The one warm-up of a model, for however many wait for it (symptom 49c). It ends when the model answers, when that is
/// hopeless, when the time is up, or when nobody waits any more.
/// </summary>
/// <param name="pauseFirst">Before the model is asked at all.</param>
/// <param name="limit">After which all who wait hear that it took too long.</param>
/// <param name="coldSince">Since when it is known to be cold, a timestamp.</param>
internal sealed class WarmUp(WarmRequest first, WarmUpTools tools, string sign, TimeSpan pauseFirst, TimeSpan limit, long coldSince)
{
    /// <summary>What comes up often stumbles a few times first: a broken connection, a 502 from the gateway before it.</summary>
    private const int ToleratedStumbles = 3;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly CancellationTokenSource _nobody = new();
    private readonly long _began = tools.Time.GetTimestamp();
    private string _sign = sign;

    /// <summary>When the call that is under way began; zero between calls.</summary>
    private long _asked;

    private bool _over;

    public TimeSpan Elapsed => tools.Time.GetElapsedTime(_began);

    public bool IsOver
    {
        get
        {
            lock (_gate)
                return _over;
        }
    }

    public ModelState.Warming State
    {
        get
        {
            lock (_gate)
                return new ModelState.Warming(Elapsed, LastSign(), _waiters.Count);
        }
    }

    public Joining Join(WarmRequest request, out Waiter waiter)
    {
        waiter = new Waiter(request);
        lock (_gate)
        {
            if (_over)
                return Joining.Over;
            if (_waiters.Count >= request.Provider.ColdStart.Waiters)
                return Joining.Full;
            _waiters.Add(waiter);
            return Joining.Joined;
        }
    }

    /// <returns>Null when the model has answered.</returns>
    /// <exception cref="OperationCanceledException">The one who waits has left.</exception>
    public async Task<Failure?> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        await using var leaving = cancellation.UnsafeRegister(_ => Leave(waiter, cancellation), state: null);
        return await waiter.Done.Task;
    }

    /// <param name="ended">Told how it ended, before those who wait are.</param>
    public async Task RunAsync(Action<WarmUpEnd> ended)
    {
        using var deadline = new CancellationTokenSource(limit, tools.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _nobody.Token);
        try
        {
            await Task.Delay(pauseFirst, tools.Time, either.Token);
            await RepeatAsync(ended, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            EndAll(WarmthFailures.TooLate(first, tools.Time.GetElapsedTime(coldSince), State.Sign), ended);
        }
        catch (OperationCanceledException) when (_nobody.IsCancellationRequested)
        {
            ended(WarmUpEnd.Abandoned.Instance);
        }
        catch (Exception error)
        {
            ended(WarmUpEnd.Abandoned.Instance);
            foreach (var waiter in TakeAll())
                waiter.Done.TrySetException(error);
        }
    }

    private async Task RepeatAsync(Action<WarmUpEnd> ended, CancellationToken cancellation)
    {
        var (pause, stumbles) = (ShortestPause, 0);
        while (NextAsker() is { } asker)
        {
            Volatile.Write(ref _asked, tools.Time.GetTimestamp());
            var result = await tools.Call.TryAsync(asker, tools.WasListed(asker.Key), cancellation);
            Volatile.Write(ref _asked, 0);
            TimeSpan? asksFor = null;
            switch (result)
            {
                case WarmUpTry.Answered:
                    await tools.Loaded(asker, cancellation);
                    EndAll(failure: null, ended);
                    return;
                case WarmUpTry.Cold cold:
                    (Sign, asksFor, stumbles) = (cold.Sign, cold.RetryAfter, 0);
                    break;
                case WarmUpTry.Failed { Failure: { Kind: FailureKind.RateLimited } }:
                    // Awake, and busy: what to do about that is not decided here.
                    EndAll(failure: null, ended);
                    return;
                case WarmUpTry.Failed { Failure: { Kind: FailureKind.WrongKey or FailureKind.NoQuota } failure }:
                    // Others may have another key.
                    if (!Dismiss(asker, failure, ended))
                        return;
                    continue;
                case WarmUpTry.Failed { Failure: { Kind: FailureKind.Unreachable or FailureKind.BackendError or FailureKind.TimedOut } failure } when
                    failure.Kind == FailureKind.TimedOut || stumbles++ < ToleratedStumbles:
                    Sign = failure.Message;
                    break;
                case WarmUpTry.Failed { Failure: var failure }:
                    EndAll(failure, ended);
                    return;
            }

            await Task.Delay(asksFor is { } wish ? Limit(wish) : pause, tools.Time, cancellation);
            pause = Limit(pause * 1.5);
        }
    }

    private string Sign
    {
        set
        {
            lock (_gate)
                _sign = value;
        }
    }

    private string LastSign()
    {
        var asked = Volatile.Read(ref _asked);
        return asked != 0 && tools.Time.GetElapsedTime(asked) is var silent && silent > LongestPause ? WarmthFailures.Silent(first, silent) : _sign;
    }

    private static TimeSpan Limit(TimeSpan pause) => pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;

    private WarmRequest? NextAsker()
    {
        lock (_gate)
            return _waiters.Count > 0 ? _waiters[0].Request : null;
    }

    private void Leave(Waiter waiter, CancellationToken cancellation)
    {
        bool isLast;
        lock (_gate)
        {
            if (!_waiters.Remove(waiter))
                return;
            isLast = _waiters.Count == 0;
            _over |= isLast;
        }

        waiter.Done.TrySetCanceled(cancellation);
        if (isLast)
            _nobody.Cancel();
    }

    /// <summary>Sends away whoever has the same key as <paramref name="asker"/>.</summary>
    /// <returns>Whether anybody is left.</returns>
    private bool Dismiss(WarmRequest asker, Failure failure, Action<WarmUpEnd> ended)
    {
        List<Waiter> same;
        bool isEmpty;
        lock (_gate)
        {
            same = _waiters.FindAll(w => w.Request.HasKeyOf(asker));
            _waiters.RemoveAll(same.Contains);
            isEmpty = _waiters.Count == 0;
            _over |= isEmpty;
        }

        if (isEmpty)
            ended(new WarmUpEnd.Failed(failure));
        foreach (var waiter in same)
            waiter.Done.TrySetResult(failure);
        return !isEmpty;
    }

    private void EndAll(Failure? failure, Action<WarmUpEnd> ended)
    {
        var waiters = TakeAll();
        ended(failure is null ? WarmUpEnd.Loaded.Instance : new WarmUpEnd.Failed(failure));
        foreach (var waiter in waiters)
            waiter.Done.TrySetResult(failure);
    }

    private Waiter[] TakeAll()
    {
        lock (_gate)
        {
            _over = true;
            Waiter[] all = [.. _waiters];
            _waiters.Clear();
            return all;
        }
    }

    internal sealed class Waiter(WarmRequest request)
    {
        public WarmRequest Request { get; } = request;

        public TaskCompletionSource<Failure?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
