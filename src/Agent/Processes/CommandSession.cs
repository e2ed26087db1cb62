using System.Text;

namespace Codex.Agent.Processes;

/// <summary>A command that goes on between two looks at it.</summary>
internal sealed class CommandSession(int id, bool hasTerminal)
{
    private readonly OutputBuffer _output = new();
    private readonly OutputBuffer _whole = new();
    private readonly TaskCompletionSource _cleared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<SessionEnd>? _end;

    public int Id => id;

    public bool HasTerminal => hasTerminal;

    /// <summary>Set once it runs.</summary>
    public ChildProcess? Child { get; set; }

    public bool HasEnded => _cleared.Task.IsCompleted;

    /// <summary>Timestamp of the last look.</summary>
    public long LastUsed { get; set; }

    public void Hear(ReadOnlySpan<byte> bytes)
    {
        _output.Append(bytes);
        _whole.Append(bytes);
    }

    public void Clear() => _cleared.SetResult();

    /// <summary>Types into the terminal; gives up when nobody reads it any more.</summary>
    public async Task TypeAsync(string characters, TimeProvider time, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(characters);
        while (!bytes.IsEmpty && Child!.Write(bytes.Span) is >= 0 and var taken)
        {
            bytes = bytes[taken..];
            if (taken == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellation);
        }
    }

    /// <summary>Waits for its end, at most that long, and tells what is new.</summary>
    public async Task<SessionOutcome> LookAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            await _cleared.Task.WaitAsync(wait, time, cancellation);
        }
        catch (TimeoutException)
        {
            LastUsed = time.GetTimestamp();
            return new SessionOutcome.Running(id, _output.Take(isLast: false), time.GetElapsedTime(began), _end ??= EndAsync());
        }

        return new SessionOutcome.Exited(await Child!.Ended, _output.Take(), time.GetElapsedTime(began));
    }

    private async Task<SessionEnd> EndAsync()
    {
        await _cleared.Task;
        return new SessionEnd(await Child!.Ended, _whole.Take());
    }
}
