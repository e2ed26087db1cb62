namespace Codex.Gateway.Proxy;

/// <summary>
/// What the backend gets, as one attempt reads it. Read to its end it lets go of the bytes: it is held for as long as
/// the answer takes.
/// </summary>
internal sealed class ExchangeBody(ReadOnlyMemory<byte> bytes) : PulledStream
{
    private ReadOnlyMemory<byte> _left = bytes;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Math.Min(_left.Length, buffer.Length);
        _left[..read].CopyTo(buffer);
        _left = read == _left.Length ? default : _left[read..];
        return ValueTask.FromResult(read);
    }
}
