using System.Net;
using System.Net.Sockets;

namespace Codex.Contract.Tests.Chaos;

/// <summary>What a replica does to every request for a while.</summary>
internal enum Mood
{
    Well,
    Loading,
    Limited,
    LimitedWithoutWords,
}

/// <summary>
/// A backend on bare sockets: any web server would keep a test from cutting an answer in its head or resetting it at
/// a byte. It can be killed and come back at the same address.
/// </summary>
internal sealed class ChaosReplica : IAsyncDisposable
{
    private readonly AttemptLedger _ledger;
    private readonly Fate _fate;
    private readonly IPEndPoint _address;
    private readonly HashSet<Socket> _connections = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _active;
    private long _served;

    public ChaosReplica(AttemptLedger ledger, Fate fate)
    {
        _ledger = ledger;
        _fate = fate;
        // Not the usual address: while it is dead nobody else may take its port.
        _address = new IPEndPoint(OperatingSystem.IsLinux() ? IPAddress.Parse("127.77.0.1") : IPAddress.Loopback, 0);
        Open();
    }

    public string BaseUrl => $"http://{_address}/v1";

    /// <summary>While this is set no attempt meets a mishap of its own.</summary>
    public bool IsKind { get; set; }

    public Mood Mood { get; set; }

    /// <summary>Answers on their way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Answers sent whole.</summary>
    public long Served => Interlocked.Read(ref _served);

    public void Open()
    {
        var listener = new TcpListener(_address);
        listener.Start(1024);
        _address.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    /// <summary>As when the process dies: nothing listens any more and every connection is reset.</summary>
    public async Task KillAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
        lock (_connections)
        {
            foreach (var connection in _connections)
                connection.Close(0);
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                socket.NoDelay = true;
                lock (_connections)
                    _connections.Add(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Killed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        try
        {
            await using var stream = new NetworkStream(socket);
            var requests = new ChaosRequestReader(stream);
            while (await requests.ReadAsync() is { } request)
            {
                Interlocked.Increment(ref _active);
                try
                {
                    var reply = ChaosReply.To(request, this, _ledger, _fate);
                    if (!await reply.PlayAsync(socket, stream))
                        return;
                    Interlocked.Increment(ref _served);
                }
                finally
                {
                    Interlocked.Decrement(ref _active);
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // The other side has left, or this one was killed.
        }
        finally
        {
            lock (_connections)
                _connections.Remove(socket);
            socket.Dispose();
        }
    }
}
