using System.Text;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>Runs one command to its end, inside its policy. What it leaves running in a sandbox is killed with it.</summary>
public sealed class CommandRunner(TimeProvider time, SandboxChoice choice = SandboxChoice.Best)
{
    /// <exception cref="OperationCanceledException">Cancelled; the command and all it started were killed.</exception>
    public async Task<CommandOutcome> RunAsync(CommandRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var buffer = new OutputBuffer(request.OutputLimit);
        var text = new IncrementalText(request.OnOutput);
        var cleared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = time.GetTimestamp();
        var (child, fault) = await CommandStart.StartAsync(request, SpawnStreams.Captured, choice, Hear, cleared.SetResult);
        if (child is null)
            return fault!;

        var timedOut = false;
        await using (cancellation.Register(() => child.Kill()))
        await using (time.CreateTimer(_ => Expire(), null, request.Timeout ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
        {
            var code = await child.Ended;
            await cleared.Task;
            cancellation.ThrowIfCancellationRequested();
            text.End();
            var late = Volatile.Read(ref timedOut);
            return new CommandOutcome.Completed(
                late ? CommandOutcome.TimeoutExitCode : code, buffer.Take(), time.GetElapsedTime(began), late);
        }

        void Hear(ReadOnlySpan<byte> bytes)
        {
            buffer.Append(bytes);
            text.Add(bytes);
        }

        void Expire()
        {
            Volatile.Write(ref timedOut, true);
            child.Kill();
        }
    }

    /// <summary>Runs it on our own input and output, as <c>codex-agent sandbox</c> does.</summary>
    internal async Task<CommandOutcome> RunAttachedAsync(CommandRequest request, CancellationToken cancellation)
    {
        var cleared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = time.GetTimestamp();
        var (child, fault) = await CommandStart.StartAsync(request, SpawnStreams.Inherited, choice, _ => { }, cleared.SetResult);
        if (child is null)
            return fault!;
        await using (cancellation.Register(() => child.Kill()))
        {
            var code = await child.Ended;
            await cleared.Task;
            return new CommandOutcome.Completed(code, string.Empty, time.GetElapsedTime(began), TimedOut: false);
        }
    }

    /// <summary>Bytes as text, a character only when all of it has come.</summary>
    private sealed class IncrementalText(Action<string>? hear)
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public void Add(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

        public void End() => Decode([], flush: true);

        private void Decode(ReadOnlySpan<byte> bytes, bool flush)
        {
            if (hear is null)
                return;
            var characters = new char[_decoder.GetCharCount(bytes, flush)];
            _decoder.GetChars(bytes, characters, flush);
            if (characters.Length > 0)
                hear(new string(characters));
        }
    }
}
