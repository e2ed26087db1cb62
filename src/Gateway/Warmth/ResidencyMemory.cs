using Codex.Gateway.Dialects;

namespace Codex.Gateway.Warmth;

/// <summary>The last answer to the question whether a model is loaded, shared by whoever asks at the same time.</summary>
internal sealed class ResidencyMemory
{
    private readonly Lock _gate = new();
    private Task<Residency?>? _asking;
    private long _asked;
    private bool _isUseless;

    /// <summary>The last window the backend told; null when it told none.</summary>
    public int? Window { get; private set; }

    /// <summary>The backend denies what it has just shown: it knows the model by another name, and asking tells nothing.</summary>
    public void GiveUp()
    {
        lock (_gate)
            _isUseless = true;
    }

    /// <param name="maxAge">How old an answer may be; zero asks anew.</param>
    public Task<Residency?> GetAsync(TimeSpan maxAge, TimeProvider time, Func<Task<Residency?>> ask)
    {
        lock (_gate)
        {
            if (_isUseless)
                return Task.FromResult<Residency?>(null);
            if (_asking is { IsCompleted: false } || (_asking is not null && time.GetElapsedTime(_asked) < maxAge))
                return _asking;
            _asked = time.GetTimestamp();
            _asking = RememberAsync(ask);
            return _asking;
        }
    }

    private async Task<Residency?> RememberAsync(Func<Task<Residency?>> ask)
    {
        var answer = await ask();
        if (answer?.Window is { } window)
            Window = window;
        return answer;
    }
}
