using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Codex.Gateway.Proxy;

/// <summary>
/// Waits for a read or for a silence of one interval, whichever comes first, without an allocation for either: it
/// is done for every token of every stream. One reader at a time.
/// </summary>
internal sealed class ReadOrTick : IValueTaskSource<bool>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action _readDone;
    private readonly ITimer? _timer;
    private ManualResetValueTaskSourceCore<bool> _wait;
    private ValueTaskAwaiter<int> _read;
    private bool _done;
    private bool _waiting;
    private bool _quiet;

    /// <param name="interval">Infinite for a reader that never wants to hear of silence.</param>
    public ReadOrTick(TimeSpan interval, TimeProvider time)
    {
        _readDone = OnReadDone;
        if (interval != Timeout.InfiniteTimeSpan)
            _timer = time.CreateTimer(static self => ((ReadOrTick)self!).OnTick(), this, interval, interval);
    }

    /// <summary>Whether a read is under way or its result not yet taken.</summary>
    public bool HasRead { get; private set; }

    public void Begin(ValueTask<int> read)
    {
        HasRead = true;
        _done = false;
        _quiet = false;
        _read = read.GetAwaiter();
        if (_read.IsCompleted)
            _done = true;
        else
            _read.UnsafeOnCompleted(_readDone);
    }

    /// <summary>True: the read is done, take its result. False: nothing came for an interval; wait again.</summary>
    public ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (_done)
                return new ValueTask<bool>(true);
            _wait.Reset();
            _waiting = true;
            return new ValueTask<bool>(this, _wait.Version);
        }
    }

    /// <returns>The bytes read; or the read's exception.</returns>
    public int Take()
    {
        HasRead = false;
        return _read.GetResult();
    }

    public void Dispose() => _timer?.Dispose();

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private void OnReadDone()
    {
        lock (_gate)
        {
            _done = true;
            if (!_waiting)
                return;
            _waiting = false;
        }

        _wait.SetResult(true);
    }

    private void OnTick()
    {
        lock (_gate)
        {
            // The first tick of a wait may come right after it began; only the second one tells a whole interval.
            var silent = _quiet && _waiting;
            _quiet = true;
            if (!silent)
                return;
            _waiting = false;
        }

        _wait.SetResult(false);
    }
}
