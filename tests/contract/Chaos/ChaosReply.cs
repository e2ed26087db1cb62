using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Codex.Contract.Tests.Chaos;

/// <summary>The bytes of one answer and how they leave.</summary>
internal sealed class ChaosReply
{
    private static readonly TimeSpan DripPause = TimeSpan.FromMilliseconds(2);

    private readonly byte[] _bytes;
    private readonly Mishap _mishap;
    private readonly Random _random;

    private ChaosReply(byte[] bytes, Mishap mishap, Random random)
    {
        _bytes = bytes;
        _mishap = mishap;
        _random = random;
    }

    public static ChaosReply To(ChaosRequest request, ChaosReplica replica, AttemptLedger ledger, Fate fate)
    {
        if (request.Method == "GET")
            return new ChaosReply(Whole(200, "OK", """{"object":"list","data":[{"id":"m","object":"model"}]}"""), Mishap.None, new Random(0));
        var attempt = request.Id is { } known ? ledger.Begin(known) : 0;
        var id = request.Id ?? "own";
        var random = fate.Of($"mishap {id}#{attempt}");
        var mishap = replica.Mood switch
        {
            Mood.Loading => Mishap.Answer503Loading,
            Mood.Limited => Mishap.Answer429Waiting,
            Mood.LimitedWithoutWords => Mishap.Answer429,
            _ => replica.IsKind || request.Id is null ? Mishap.None : Fate.Draw(random),
        };
        ledger.Mishaps.AddOrUpdate(mishap, 1, static (_, n) => n + 1);
        return new ChaosReply(BytesOf(mishap, new ChaosAnswer(id, attempt, fate), request.Streams, random), mishap, random);
    }

    /// <summary>False when the connection is of no more use.</summary>
    public async Task<bool> PlayAsync(Socket socket, NetworkStream stream)
    {
        switch (_mishap)
        {
            case Mishap.Silence:
                return await WaitForLeavingAsync(stream);
            case Mishap.Stall:
                await SendAsync(stream, _bytes.AsMemory(0, _random.Next(_bytes.Length)));
                return await WaitForLeavingAsync(stream);
            case Mishap.Reset:
                await SendAsync(stream, _bytes.AsMemory(0, _random.Next(_bytes.Length)));
                socket.Close(0);
                return false;
            case Mishap.Cut:
                await SendAsync(stream, _bytes.AsMemory(0, _random.Next(_bytes.Length)));
                return false;
            default:
                await SendAsync(stream, _bytes);
                return true;
        }
    }

    private static byte[] BytesOf(Mishap mishap, ChaosAnswer answer, bool streams, Random random) => mishap switch
    {
        Mishap.Answer408 => Whole(408, "Request Timeout", Error("it took too long", "timeout")),
        Mishap.Answer429 => Whole(429, "Too Many Requests", Error("slow down", "rate_limit_error")),
        Mishap.Answer429Waiting => Whole(429, "Too Many Requests", Error("slow down", "rate_limit_error"), "Retry-After: 1\r\n"),
        Mishap.Answer500 => Whole(500, "Internal Server Error", Error("it broke", "server_error")),
        Mishap.Answer502Page => Whole(502, "Bad Gateway", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        Mishap.Answer503Loading => Whole(503, "Service Unavailable", """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"""),
        Mishap.AnswerTooLong => Whole(400, "Bad Request", """{"error":{"message":"This model's maximum context length is 4096 tokens.","type":"invalid_request_error","code":"context_length_exceeded"}}"""),
        Mishap.AnswerInvalid => Whole(400, "Bad Request", Error("temperature must not be negative", "invalid_request_error")),
        _ when !streams => Whole(200, "OK", answer.Json()),
        Mishap.ErrorFirst => Chunked([Event(Error("the engine died", "server_error"))]),
        Mishap.ErrorLater => Chunked([.. answer.Events().Take(random.Next(2, 6)), Event(Error("the engine died", "server_error"))]),
        _ => Chunked(answer.Events()),
    };

    private static string Error(string message, string type) => $$$"""{"error":{"message":"{{{message}}}","type":"{{{type}}}","code":null}}""";

    private static byte[] Event(string json) => Encoding.UTF8.GetBytes($"data: {json}\n\n");

    private static byte[] Whole(int status, string reason, string body, string headers = "") => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    private static byte[] Chunked(IEnumerable<byte[]> events)
    {
        using var bytes = new MemoryStream();
        bytes.Write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8);
        foreach (var e in events)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"{e.Length:x}\r\n"));
            bytes.Write(e);
            bytes.Write("\r\n"u8);
        }

        bytes.Write("0\r\n\r\n"u8);
        return bytes.ToArray();
    }

    private static async Task<bool> WaitForLeavingAsync(NetworkStream stream)
    {
        // The gateway sends nothing before it has its answer: whatever ends this read, the connection is done with.
        _ = await stream.ReadAtLeastAsync(new byte[1], minimumBytes: 1, throwOnEndOfStream: false);
        return false;
    }

    /// <summary>In pieces that respect no boundary.</summary>
    private async Task SendAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes)
    {
        var drips = _mishap == Mishap.Drip ? 200 : 0;
        while (!bytes.IsEmpty)
        {
            var size = drips-- > 0 ? _random.Next(1, 12) : _random.Next(1, 64 * 1024);
            var piece = bytes[..Math.Min(size, bytes.Length)];
            bytes = bytes[piece.Length..];
            await stream.WriteAsync(piece);
            if (drips > 0)
                await Task.Delay(DripPause);
            else if (_random.Next(4) == 0)
                await Task.Delay(_random.Next(1, 20));
        }
    }
}
