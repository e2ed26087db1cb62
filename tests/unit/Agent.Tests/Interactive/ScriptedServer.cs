using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Codex.Agent.Tests.Loop;

namespace Codex.Agent.Tests.Interactive;

/// <summary>A Responses server on loopback that does what the last thing it was told asks for; the words are in <see cref="ScriptedAnswer"/>.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What the last request ended with.</summary>
    public string LastInput { get; private set; } = "";

    /// <summary>Lets the answer go on that waits in its middle.</summary>
    public void Release() => _release.SetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
                answering.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The last one when it is stopped between two clients.
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                var first = await reader.ReadLineAsync(_end.Token) ?? "";
                var length = 0;
                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
                {
                    if (header.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
                        length = int.Parse(header["content-length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
                }

                var body = new char[length];
                // Even for nothing a reader would wait for more.
                if (length > 0)
                    await reader.ReadBlockAsync(body, _end.Token);
                if (first.StartsWith("GET", StringComparison.Ordinal))
                    await WriteAsync(stream, $$"""{{Head("200 OK", "application/json")}}{"data":[{"id":"scripted"},{"id":"other"}]}""");
                else
                    await TellAsync(stream, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)));
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client left, or the test is over.
            }
        }
    }

    private async Task TellAsync(NetworkStream stream, string body)
    {
        using var request = JsonDocument.Parse(body);
        LastInput = request.RootElement.GetProperty("input").EnumerateArray().Last().GetRawText();
        foreach (var step in ScriptedAnswer.To(request.RootElement))
        {
            switch (step)
            {
                case ScriptedAnswer.Refuse refuse:
                    await WriteAsync(stream, $$$"""{{{Head(refuse.Status, "application/json")}}}{"error":{"message":{{{JsonSerializer.Serialize(refuse.Message)}}}}}""");
                    return;
                case ScriptedAnswer.Begin:
                    await WriteAsync(stream, Head("200 OK", "text/event-stream"));
                    break;
                case ScriptedAnswer.Send send:
                    await WriteAsync(stream, ScriptedModel.Stream(send.Event));
                    break;
                case ScriptedAnswer.Hold:
                    await _release.Task.WaitAsync(_end.Token);
                    _release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    break;
                case ScriptedAnswer.Die:
                    _listener.Stop();
                    return;
            }
        }
    }

    private static string Head(string status, string type) => $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: {type}\r\n\r\n";

    private ValueTask WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _end.Token);
}
