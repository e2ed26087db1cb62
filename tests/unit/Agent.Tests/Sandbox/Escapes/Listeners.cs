using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <summary>Somebody outside to talk to, on every road.</summary>
internal sealed class Listeners : IDisposable
{
    private readonly List<(string Name, Socket Socket)> _sockets = [];

    public Listeners(string directory, string name)
    {
        Variables["TCP4"] = Port(Add("TCP", AddressFamily.InterNetwork, SocketType.Stream, new IPEndPoint(IPAddress.Loopback, 0)));
        Variables["UDP4"] = Port(Add("UDP", AddressFamily.InterNetwork, SocketType.Dgram, new IPEndPoint(IPAddress.Loopback, 0)));
        Variables["TCP6"] = Socket.OSSupportsIPv6
            ? Port(Add("TCP over IPv6", AddressFamily.InterNetworkV6, SocketType.Stream, new IPEndPoint(IPAddress.IPv6Loopback, 0)))
            : "1";
        Variables["ABSTRACT"] = name;
        Add("abstract", AddressFamily.Unix, SocketType.Stream, new UnixDomainSocketEndPoint("\0" + name));
        Variables["STREAM"] = Path.Combine(directory, "stream");
        Add("named", AddressFamily.Unix, SocketType.Stream, new UnixDomainSocketEndPoint(Variables["STREAM"]));
        Variables["DATAGRAM"] = Path.Combine(directory, "datagram");
        Add("named datagram", AddressFamily.Unix, SocketType.Dgram, new UnixDomainSocketEndPoint(Variables["DATAGRAM"]));
    }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Who was reached. The attempts have ended, and loopback delivers at once.</summary>
    public IEnumerable<string> Heard() => _sockets.Where(s => s.Socket.Poll(0, SelectMode.SelectRead)).Select(s => $"{s.Name} heard something");

    public void Dispose()
    {
        foreach (var (_, socket) in _sockets)
            socket.Dispose();
    }

    private static string Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

    private Socket Add(string name, AddressFamily family, SocketType type, EndPoint at)
    {
        var socket = new Socket(family, type, ProtocolType.Unspecified);
        socket.Bind(at);
        if (type == SocketType.Stream)
            socket.Listen();
        _sockets.Add((name, socket));
        return socket;
    }
}
