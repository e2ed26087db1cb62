using System.Threading.Channels;
using Codex.Agent.Events;

namespace Codex.Agent.Interactive;

/// <summary>What runs, and what the user wants done after it.</summary>
internal sealed class WorkQueue(ChannelWriter<SessionSignal> signals)
{
    /// <summary>Somebody who ends the program does not wait for a tool that hears no interrupt.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly List<string> _queued = [];
    private RunningWork? _work;

    public bool IsRunning => _work is not null;

    /// <summary>It is a turn: what is said meanwhile can join it.</summary>
    public bool IsTurn { get; private set; }

    public IReadOnlyList<string> Queued => _queued;

    public void Start(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> work, bool isTurn)
    {
        IsTurn = isTurn;
        _work = RunningWork.Start(work, signals);
    }

    /// <returns>False when there is nothing to interrupt, or it was interrupted already.</returns>
    public bool Interrupt()
    {
        if (_work is not { IsInterrupted: false } work)
            return false;
        work.Interrupt();
        return true;
    }

    /// <summary>The signal of its end has come.</summary>
    public void Ended()
    {
        _work?.Dispose();
        _work = null;
    }

    public void Queue(string text) => _queued.Add(text);

    public string? TakeNext()
    {
        if (_queued is not [var next, ..])
            return null;
        _queued.RemoveAt(0);
        return next;
    }

    public IReadOnlyList<string> TakeQueued()
    {
        var all = _queued.ToList();
        _queued.Clear();
        return all;
    }

    /// <summary>Interrupts what runs and waits until it has written its end into the session.</summary>
    public async Task EndAsync(ChannelReader<SessionSignal> all, Action<AgentEvent> tell, TimeProvider time)
    {
        if (_work is not { } work)
            return;
        work.Interrupt();
        using var limit = new CancellationTokenSource(LongestEnd, time);
        try
        {
            await foreach (var signal in all.ReadAllAsync(limit.Token))
            {
                if (signal is SessionSignal.WorkEnded)
                    return;
                if (signal is SessionSignal.Told told)
                    tell(told.Event);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The process ends all the same, and what it started with it.
        }
    }
}
