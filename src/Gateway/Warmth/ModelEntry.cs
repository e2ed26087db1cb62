namespace Codex.Gateway.Warmth;

/// <summary>What is known of one model, and its warm-up if one is under way.</summary>
internal sealed class ModelEntry(ModelKey key, TimeProvider time)
{
    /// <summary>A sign that comes this soon after a warm-up belongs to the same cold start.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private WarmUp? _warmUp;
    private string? _coldSign;
    private string? _failure;
    private long? _heard;
    private long? _coldSince;
    private long? _warmUpEnded;
    private int _inVain;
    private int _warmUps;
    private TimeSpan _coldTime;

    public ModelKey Key => key;

    /// <summary>Answers of the backend to the question whether the model is loaded.</summary>
    public ResidencyMemory Residency { get; } = new();

    /// <summary>The one under way, or null.</summary>
    public WarmUp? WarmUp
    {
        get
        {
            lock (_gate)
                return _warmUp is { IsOver: false } running ? running : null;
        }
    }

    /// <summary>Whether the model has answered within this time.</summary>
    public bool HeardWithin(TimeSpan span)
    {
        lock (_gate)
            return _heard is { } heard && time.GetElapsedTime(heard) <= span;
    }

    /// <summary>The model has said something.</summary>
    public void Hear()
    {
        lock (_gate)
        {
            _heard = time.GetTimestamp();
            (_coldSign, _failure, _coldSince, _inVain) = (null, null, null, 0);
        }
    }

    /// <summary>The backend says that the model is not loaded, and nobody has asked for it yet.</summary>
    public void NoteCold(string sign)
    {
        lock (_gate)
            (_coldSign, _heard) = (sign, null);
    }

    /// <summary>The warm-up under way, or a new one, which the caller then runs.</summary>
    public (WarmUp WarmUp, bool IsNew) GetOrBegin(WarmRequest request, string sign, WarmUpTools tools)
    {
        lock (_gate)
        {
            if (_warmUp is { IsOver: false } running)
                return (running, false);
            var deadline = request.Provider.ColdStart.Deadline;
            // One that answers a warm-up and then no request must neither be asked without a pause nor for ever.
            if (_coldSince is not { } since || _warmUpEnded is not { } ended || time.GetElapsedTime(ended) > SameStart)
                (_coldSince, since, _inVain) = (time.GetTimestamp(), time.GetTimestamp(), 0);
            var left = deadline - time.GetElapsedTime(since);
            var pause = _inVain == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _inVain - 1), LongestPause.TotalSeconds));
            (_coldSign, _heard, _failure) = (sign, null, null);
            _warmUps++;
            _warmUp = new WarmUp(request, tools, sign, pause, left > TimeSpan.Zero ? left : TimeSpan.Zero, since);
            return (_warmUp, true);
        }
    }

    public void End(WarmUp warmUp, WarmUpEnd end)
    {
        lock (_gate)
        {
            _warmUpEnded = time.GetTimestamp();
            _coldTime += warmUp.Elapsed;
            switch (end)
            {
                case WarmUpEnd.Loaded:
                    (_heard, _coldSign) = (time.GetTimestamp(), null);
                    _inVain++;
                    break;
                case WarmUpEnd.Failed failed:
                    _failure = failed.Failure.Message;
                    _coldSince = null;
                    break;
                case WarmUpEnd.Abandoned:
                    _coldSign = warmUp.State.Sign;
                    break;
            }
        }
    }

    /// <param name="warmFor">After this long without a word of it, a model that was warm is unknown.</param>
    public ModelReport Report(TimeSpan warmFor)
    {
        lock (_gate)
        {
            var running = _warmUp is { IsOver: false } ? _warmUp : null;
            ModelState state = running is not null ? running.State
                : _failure is not null ? new ModelState.Failed(_failure)
                : _coldSign is not null ? new ModelState.Cold(_coldSign)
                : _heard is { } heard && time.GetElapsedTime(heard) <= warmFor ? ModelState.Warm.Instance
                : ModelState.Unknown.Instance;
            return new ModelReport(key, state, _warmUps, _coldTime + (running?.Elapsed ?? TimeSpan.Zero));
        }
    }
}
