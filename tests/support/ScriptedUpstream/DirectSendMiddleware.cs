using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Codex.ScriptedUpstream;

/// <summary>
/// Lets a flush of Kestrel end only when the operating system has the bytes. Kestrel's own transport sends them
/// later, and a reset that follows a flush would lose them: a cut "after byte 17" would come at any byte.
/// </summary>
internal static class DirectSendMiddleware
{
    public static async Task InvokeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()!.Socket;
        var transport = connection.Transport;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        connection.Transport = new DirectTransport(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record DirectTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
