namespace Codex.Gateway.Demo.Scripts;

/// <summary>
/// A script as a response body that is pulled: a step happens when the reader asks for more, so a slow reader
/// holds the script up and a reader that cancels or disposes stops it. Nothing runs in the background.
/// </summary>
public sealed class ScriptStream : Stream
{
    private readonly ChatScript _script;
    private readonly TimeProvider _time;
    private readonly Queue<ReadOnlyMemory<byte>> _ready = new();
    private ReadOnlyMemory<byte> _current;
    private int _next;
    private bool _flushable;

    private ScriptStream(ChatScript script, TimeProvider time)
    {
        _script = script;
        _time = time;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Plays the script up to its headers and returns them with the stream that plays the rest.</summary>
    /// <exception cref="IOException">The script breaks the connection before it sends headers.</exception>
    public static async Task<(ScriptStep.SendHead Head, ScriptStream Body)> StartAsync(
        ChatScript script, TimeProvider time, CancellationToken cancellation)
    {
        var stream = new ScriptStream(script, time);
        while (stream._next < script.Steps.Length)
        {
            if (script.Steps[stream._next++] is ScriptStep.SendHead head)
                return (head, stream);
            await stream.PlayAsync(script.Steps[stream._next - 1], cancellation);
        }

        throw new IOException("The script ended before it sent a response.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (_current.IsEmpty)
        {
            if (_flushable && _ready.TryDequeue(out _current))
                continue;
            _flushable = false;
            if (_next == _script.Steps.Length)
            {
                if (_ready.Count == 0)
                    return 0;
                _flushable = true;
                continue;
            }

            await PlayAsync(_script.Steps[_next++], cancellationToken);
        }

        var count = Math.Min(buffer.Length, _current.Length);
        _current[..count].CopyTo(buffer);
        _current = _current[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A script pauses; read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask PlayAsync(ScriptStep step, CancellationToken cancellation)
    {
        switch (step)
        {
            case ScriptStep.Write write:
                _ready.Enqueue(write.Bytes);
                break;
            case ScriptStep.Flush:
                _flushable = true;
                break;
            case ScriptStep.Pause pause:
                await Task.Delay(pause.Duration, _time, cancellation);
                break;
            case ScriptStep.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
                break;
            case ScriptStep.Abort:
                throw new IOException("The upstream broke the connection.");
            case ScriptStep.SendHead:
                throw new InvalidOperationException("A script sends its headers once.");
            default:
                throw new NotSupportedException($"Unknown step {step.GetType().Name}.");
        }
    }
}
