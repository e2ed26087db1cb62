using System.Runtime.InteropServices;

namespace Codex.Agent.Processes;

/// <summary>A running child, its output and its end. It leads a session, so that everything it started can be killed with it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly SpawnCall _call;
    private readonly bool _leavesNothing;
    private readonly Action<ReadOnlySpan<byte>> _onOutput;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PseudoTerminal? _terminal;
    private int _read = -1;
    private int _pid;
    private bool _isReaped;

    private ChildProcess(SpawnCall call, bool leavesNothing, Action<ReadOnlySpan<byte>> onOutput)
    {
        _call = call;
        _leavesNothing = leavesNothing;
        _onOutput = onOutput;
    }

    /// <summary>Its exit code; 128 and the number of the signal that ended it.</summary>
    public Task<int> Ended => _ended.Task;

    /// <param name="leavesNothing">Kill what it left in its process group when it ends.</param>
    /// <param name="onOutput">Called from the child's own thread, in order, and never after <see cref="Ended"/>.</param>
    /// <returns>The child, or why there is none.</returns>
    public static async Task<(ChildProcess? Child, string? Fault)> StartAsync(SpawnCall call, bool leavesNothing, Action<ReadOnlySpan<byte>> onOutput)
    {
        var child = new ChildProcess(call, leavesNothing, onOutput);
        // The kernel kills a sandbox when the thread that started it ends (PR_SET_PDEATHSIG), so each child has a
        // thread that lives as long as it.
        new Thread(child.Live, 256 * 1024) { IsBackground = true, Name = "child process" }.Start();
        var fault = await child._started.Task;
        return fault is null ? (child, null) : (null, fault);
    }

    /// <summary>Kills it and all it started that did not leave its process group; nothing happens once it ended.</summary>
    public void Kill(int signal = LibC.SigKill)
    {
        lock (_gate)
        {
            if (!_isReaped && _pid > 0)
                LibC.Kill(-_pid, signal);
        }
    }

    /// <summary>Types into its terminal.</summary>
    /// <returns>How many bytes were taken: 0 while the terminal is full, -1 when nobody reads it any more.</returns>
    public unsafe int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isReaped || _terminal is null)
                return -1;
            fixed (byte* start = bytes)
            {
                var taken = LibC.Write(_terminal.Master, start, bytes.Length);
                return taken >= 0 ? (int)taken : Marshal.GetLastPInvokeError() is LibC.TryAgain or LibC.Interrupted ? 0 : -1;
            }
        }
    }

    public void Dispose() => Kill();

    private void Live()
    {
        if (Start() is { } fault)
        {
            _started.SetResult(fault);
            return;
        }

        _started.SetResult(null);
        try
        {
            Follow();
        }
        finally
        {
            var status = Reap();
            _ended.SetResult((status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F));
        }
    }

    private unsafe string? Start()
    {
        var ends = stackalloc int[2] { -1, -1 };
        try
        {
            if (_call.Streams == SpawnStreams.Terminal)
            {
                _terminal = PseudoTerminal.Open();
                _read = _terminal.Master;
            }
            else if (_call.Streams == SpawnStreams.Captured)
            {
                if (LibC.Pipe(ends, LibC.CloseOnExec) != 0)
                    return $"No pipe could be opened: {LibC.LastError()}.";
                const int SetStatusFlags = 4;
                LibC.Control(ends[0], SetStatusFlags, LibC.NonBlocking);
                _read = ends[0];
            }

            var error = _call.Run(ends[1], _terminal?.Path, out _pid);
            if (error == 0)
                return null;
            CloseRead();
            return $"{_call.File} could not be started in {_call.Directory}: {Marshal.GetPInvokeErrorMessage(error)}.";
        }
        catch (IOException e)
        {
            CloseRead();
            return e.Message;
        }
        finally
        {
            if (ends[1] >= 0)
                LibC.Close(ends[1]);
        }
    }

    /// <summary>Hands on output until the child itself ended; what others write into its streams later is not waited for.</summary>
    private unsafe void Follow()
    {
        var pidfd = (int)LibC.SystemCall(LibC.PidfdOpen, _pid, 0, 0, 0);
        var entries = stackalloc LibC.PollEntry[2];
        entries[0] = new LibC.PollEntry { Descriptor = _read, Events = LibC.PollIn };
        entries[1] = new LibC.PollEntry { Descriptor = pidfd, Events = LibC.PollIn };
        while (!HasExited())
        {
            // Kernels before 5.3 have no pidfd; there the end is looked for.
            LibC.Poll(entries, 2, pidfd >= 0 ? -1 : 20);
            if (entries[0].Returned != 0 && !Drain())
                entries[0].Descriptor = -1;
        }

        if (entries[0].Descriptor >= 0)
            Drain();
        if (pidfd >= 0)
            LibC.Close(pidfd);
    }

    private unsafe bool HasExited()
    {
        var information = stackalloc long[16];
        information[0] = 0;
        information[1] = 0;
        // Stays a zombie, so that its id is still its own while its group is killed.
        var result = LibC.WaitState(LibC.WaitForPid, _pid, (nint)information, LibC.WaitExited | LibC.WaitNoHang | LibC.WaitNoReap);
        // The first field is the signal's number: 0 while nothing happened.
        return result != 0 ? Marshal.GetLastPInvokeError() != LibC.Interrupted : (int)information[0] != 0;
    }

    /// <returns>False when nothing more can come.</returns>
    private unsafe bool Drain()
    {
        const int Size = 32 * 1024;
        var buffer = stackalloc byte[Size];
        // Bounded, so that a writer that outlives the child cannot hold us here.
        for (var left = 64; left > 0; left--)
        {
            var count = LibC.Read(_read, buffer, Size);
            if (count > 0)
                _onOutput(new ReadOnlySpan<byte>(buffer, (int)count));
            else if (count == 0)
                return false;
            else if (Marshal.GetLastPInvokeError() is not LibC.Interrupted)
                return Marshal.GetLastPInvokeError() == LibC.TryAgain;
        }

        return true;
    }

    private int Reap()
    {
        lock (_gate)
        {
            if (_leavesNothing)
                LibC.Kill(-_pid, LibC.SigKill);
            var status = 0;
            while (LibC.Wait(_pid, out status, 0) < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
            {
            }

            _isReaped = true;
            CloseRead();
            return status;
        }
    }

    private void CloseRead()
    {
        if (_read >= 0)
            LibC.Close(_read);
        _read = -1;
    }
}
