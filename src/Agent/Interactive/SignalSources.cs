using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Codex.Agent.Interactive.Input;
using Codex.Agent.Interactive.Terminal;

namespace Codex.Agent.Interactive;

/// <summary>Brings keyboard and operating system into the queue of a session.</summary>
internal sealed class SignalSources : IDisposable
{
    /// <summary>A terminal sends the rest of a sequence at once; a finger needs longer. Also enough for a slow connection.</summary>
    private static readonly TimeSpan SequencePause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestStop = TimeSpan.FromMilliseconds(500);

    private readonly ChannelWriter<SessionSignal> _signals;
    private readonly RawTerminal _terminal;
    private readonly TimeProvider _time;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile TaskCompletionSource? _stopped;

    public SignalSources(ChannelWriter<SessionSignal> signals, RawTerminal terminal, TimeProvider time)
    {
        (_signals, _terminal, _time) = (signals, terminal, time);
        Hear(PosixSignal.SIGTERM, new SessionSignal.Terminated(ExitCode: 128 + 15));
        Hear(PosixSignal.SIGHUP, new SessionSignal.Terminated(ExitCode: 128 + 1));
        Hear(PosixSignal.SIGINT, new SessionSignal.Keys([new Key.Pressed(KeyName.Interrupt)]));
        if (!OperatingSystem.IsWindows())
        {
            Hear(PosixSignal.SIGWINCH, new SessionSignal.Resized());
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Continue()));
        }
    }

    /// <summary>Reads until the input ends or the program does.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (_terminal.IsLive)
                await ReadKeysAsync(cancellation);
            else
                await ReadLinesAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The terminal was closed, or the session has ended.
        }

        _signals.TryWrite(new SessionSignal.InputEnded());
    }

    /// <summary>As Ctrl-Z does in other programs; comes back when the shell goes on with us, or where there is none that could.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stopped = stopped;
        TerminalControl.Stop();
        // The stop comes a moment after the call, and until then nothing may be drawn. Without a shell that minds its jobs it never comes.
        await Task.WhenAny(stopped.Task, Task.Delay(LongestStop, _time, cancellation));
        _stopped = null;
    }

    public void Dispose() => _registrations.ForEach(static r => r.Dispose());

    private async Task ReadKeysAsync(CancellationToken cancellation)
    {
        var decoder = new KeyDecoder();
        var bytes = new byte[4096];
        while (true)
        {
            var reading = _terminal.ReadAsync(bytes, cancellation).AsTask();
            if (decoder.HasPending && await Task.WhenAny(reading, Task.Delay(SequencePause, _time, cancellation)) != reading)
                Send(decoder.Flush());
            var count = await reading;
            if (count == 0)
                return;
            Send(decoder.Feed(bytes.AsSpan(0, count)));
        }
    }

    /// <summary>Without single keys a line counts as pasted and entered.</summary>
    private async Task ReadLinesAsync(CancellationToken cancellation)
    {
        var bytes = new byte[4096];
        var pending = new List<byte>();
        while (await _terminal.ReadAsync(bytes, cancellation) is > 0 and var count)
        {
            pending.AddRange(bytes.AsSpan(0, count));
            while (pending.IndexOf((byte)'\n') is >= 0 and var end)
            {
                var line = Encoding.UTF8.GetString(pending.GetRange(0, end).ToArray());
                pending.RemoveRange(0, end + 1);
                Send([.. line.Length > 0 ? [new Key.Pasted(line)] : ImmutableArray<Key>.Empty, new Key.Pressed(KeyName.Enter)]);
            }
        }
    }

    private void Send(ImmutableArray<Key> keys)
    {
        if (!keys.IsEmpty)
            _signals.TryWrite(new SessionSignal.Keys(keys));
    }

    private void Continue()
    {
        if (_stopped is { } stopped)
            stopped.TrySetResult();
        else
            _signals.TryWrite(new SessionSignal.Continued());
    }

    private void Hear(PosixSignal signal, SessionSignal meaning) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _signals.TryWrite(meaning);
    }));
}
