using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>A backend's answer on its way to the client, looked at as it is read.</summary>
internal sealed class MeteredStream(Stream answer, PassedUsage usage) : PulledStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await answer.ReadAsync(buffer, cancellationToken);
        usage.Take(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            answer.Dispose();
        base.Dispose(disposing);
    }
}
