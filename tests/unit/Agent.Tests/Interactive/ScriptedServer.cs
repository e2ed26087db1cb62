using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Codex.Agent.Tests.Loop;

namespace Codex.Agent.Tests.Interactive;

/// <summary>A Responses server on loopback whose answer depends on the last thing it was told.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public ScriptedServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
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
                var isList = first.StartsWith("GET", StringComparison.Ordinal);
                await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {(isList ? "application/json" : "text/event-stream")}\r\n\r\n");
                if (isList)
                    await WriteAsync(stream, """{"data":[{"id":"scripted"},{"id":"other"}]}""");
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
        var last = request.RootElement.GetProperty("input").EnumerateArray().Last().GetRawText();
        if (last.Contains("function_call_output", StringComparison.Ordinal))
        {
            await SayAsync(stream, "The tool has answered.");
        }
        else if (last.Contains("plan it", StringComparison.Ordinal))
        {
            await WriteAsync(stream, ScriptedModel.Stream(
                ScriptedModel.Done(ScriptedModel.FunctionCall("update_plan", """{"plan":[{"step":"look","status":"completed"},{"step":"build","status":"in_progress"}]}""", "call_1")),
                ScriptedModel.Completed()));
        }
        else if (last.Contains("count it", StringComparison.Ordinal))
        {
            await RunAsync(stream, body, "seq 30");
        }
        else if (last.Contains("erase it", StringComparison.Ordinal))
        {
            await RunAsync(stream, body, "rm -rf old && echo gone");
        }
        else if (last.Contains("write outside", StringComparison.Ordinal))
        {
            await WriteAsync(stream, ScriptedModel.Stream(
                ScriptedModel.Done(ScriptedModel.FunctionCall("write_file", """{"path":"/etc/codex-agent-test","content":"x\n"}""", "call_1")),
                ScriptedModel.Completed()));
        }
        else if (last.Contains("wait", StringComparison.Ordinal))
        {
            await WriteAsync(stream, ScriptedModel.Stream("""{"type":"response.output_text.delta","delta":"I begin.\nAnd then"}"""));
            await Task.Delay(Timeout.Infinite, _end.Token);
        }
        else
        {
            await SayAsync(stream, "You said it.\nThat is all.");
        }
    }

    /// <summary>The tool's name depends on the size of the model.</summary>
    private ValueTask RunAsync(NetworkStream stream, string body, string command) => WriteAsync(stream, ScriptedModel.Stream(
        ScriptedModel.Done(body.Contains("\"exec_command\"", StringComparison.Ordinal)
            ? ScriptedModel.FunctionCall("exec_command", $$"""{"cmd":"{{command}}"}""", "call_1")
            : ScriptedModel.FunctionCall("shell", $$"""{"command":"{{command}}"}""", "call_1")),
        ScriptedModel.Completed()));

    private async Task SayAsync(NetworkStream stream, string text)
    {
        foreach (var word in text.Split(' '))
            await WriteAsync(stream, ScriptedModel.Stream($$"""{"type":"response.output_text.delta","delta":{{JsonSerializer.Serialize(word + (text.EndsWith(word, StringComparison.Ordinal) ? "" : " "))}}}"""));
        await WriteAsync(stream, ScriptedModel.Stream(ScriptedModel.Done(ScriptedModel.Message(text)), ScriptedModel.Completed()));
    }

    private ValueTask WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), _end.Token);
}
