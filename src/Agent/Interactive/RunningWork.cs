using System.Threading.Channels;
using Codex.Agent.Events;

namespace Codex.Agent.Interactive;

/// <summary>Something that runs beside the keyboard: tells its events as signals, and its end as the last.</summary>
internal sealed class RunningWork : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();

    public bool IsInterrupted => _interrupt.IsCancellationRequested;

    public static RunningWork Start(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> work, ChannelWriter<SessionSignal> signals)
    {
        var running = new RunningWork();
        // It ends with a signal, which the session hears; it never throws.
        _ = running.PumpAsync(work, signals);
        return running;
    }

    public void Interrupt() => _interrupt.Cancel();

    public void Dispose() => _interrupt.Dispose();

    private async Task PumpAsync(Func<CancellationToken, IAsyncEnumerable<AgentEvent>> work, ChannelWriter<SessionSignal> signals)
    {
        Exception? fault = null;
        try
        {
            await foreach (var e in work(_interrupt.Token))
                signals.TryWrite(new SessionSignal.Told(e));
        }
        catch (OperationCanceledException) when (IsInterrupted)
        {
            signals.TryWrite(new SessionSignal.Told(new AgentEvent.TurnInterrupted()));
        }
        catch (Exception error)
        {
            fault = error;
        }

        signals.TryWrite(new SessionSignal.WorkEnded(fault));
    }
}
