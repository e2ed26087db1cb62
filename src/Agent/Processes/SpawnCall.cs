using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Codex.Agent.Processes;

/// <summary>How a child begins; all paths are absolute.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its argument list, its own name first.</param>
internal sealed record SpawnCall(string File, ImmutableArray<string> Arguments, ImmutableSortedDictionary<string, string> Environment, string Directory)
{
    /// <summary>What the child can read at descriptor 3; null for nothing there.</summary>
    public ImmutableArray<byte>? Extra { get; init; }

    /// <summary>Where the child reads and writes.</summary>
    public SpawnStreams Streams { get; init; } = SpawnStreams.Captured;

    /// <summary>Whether a terminal becomes the child's controlling one; else a process below it has to take it.</summary>
    public bool ControlsTerminal { get; init; } = true;

    /// <summary>Spawns it in a session of its own, with all signals as they are by default.</summary>
    /// <param name="output">Taken for both its output streams; not used when its streams are our own.</param>
    /// <param name="terminal">Path of its terminal; null for none.</param>
    /// <returns>0 and its id, else the number of the error.</returns>
    public unsafe int Run(int output, string? terminal, out int pid)
    {
        Descriptors.CloseAllOnExec();
        // Larger than glibc's and musl's structures, 336 and 80 bytes.
        var attributes = (nint)NativeMemory.AllocZeroed(1024);
        var actions = (nint)NativeMemory.AllocZeroed(1024);
        var signals = stackalloc ulong[16];
        var extra = Extra is { } bytes ? Descriptors.MemoryFile(bytes.AsSpan()) : -1;
        using var arguments = new NativeStrings(Arguments);
        using var environment = NativeStrings.Environment(Environment);
        LibC.InitAttributes(attributes);
        LibC.InitActions(actions);
        try
        {
            const short SetDefaultSignals = 0x04;
            const short SetBlockedSignals = 0x08;
            const short SetSession = 0x80;
            LibC.SetFlags(attributes, SetDefaultSignals | SetBlockedSignals | SetSession);
            LibC.SetBlockedSignals(attributes, (nint)signals);
            // 1 to 31 without KILL and STOP: .NET ignores SIGPIPE, and what is ignored stays so after exec.
            signals[0] = 0x7FFFFFFF & ~(1UL << 8) & ~(1UL << 18);
            LibC.SetDefaultSignals(attributes, (nint)signals);
            AddStreams(actions, output, terminal);
            if (extra >= 0)
                LibC.AddDuplicate(actions, extra, 3);
            LibC.AddDirectory(actions, Directory);
            return LibC.Spawn(out pid, File, actions, attributes, arguments.Pointer, environment.Pointer);
        }
        finally
        {
            LibC.DestroyActions(actions);
            LibC.DestroyAttributes(attributes);
            NativeMemory.Free((void*)actions);
            NativeMemory.Free((void*)attributes);
            if (extra >= 0)
                LibC.Close(extra);
        }
    }

    private void AddStreams(nint actions, int output, string? terminal)
    {
        if (Streams == SpawnStreams.Inherited)
            return;
        if (terminal is not null)
        {
            // Opened first by the leader of a session without a terminal, it becomes the controlling one.
            LibC.AddOpen(actions, 0, terminal, LibC.ReadWrite | (ControlsTerminal ? 0 : LibC.NoControllingTerminal), 0);
            LibC.AddDuplicate(actions, 0, 1);
        }
        else
        {
            LibC.AddOpen(actions, 0, "/dev/null", 0, 0);
            if (Streams == SpawnStreams.Nothing)
                LibC.AddOpen(actions, 1, "/dev/null", LibC.ReadWrite, 0);
            else
                LibC.AddDuplicate(actions, output, 1);
        }

        LibC.AddDuplicate(actions, 1, 2);
    }
}

internal enum SpawnStreams
{
    /// <summary>Nothing to read; output and errors into one pipe, in the order in which they were written.</summary>
    Captured,

    /// <summary>A terminal of its own.</summary>
    Terminal,

    /// <summary>Nothing to read, and what it writes is lost.</summary>
    Nothing,

    /// <summary>Ours.</summary>
    Inherited,
}
