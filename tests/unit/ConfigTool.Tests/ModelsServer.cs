using System.Collections.Specialized;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Codex.ConfigTool.Tests;

/// <summary>A server on the loopback that answers every request alike and keeps what it was asked.</summary>
internal sealed class ModelsServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public ModelsServer(int status, string body)
    {
        var port = FreePort();
        BaseUrl = $"http://127.0.0.1:{port}/v1";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync(status, Encoding.UTF8.GetBytes(body));
    }

    public string BaseUrl { get; }

    /// <summary>Method, path and bearer of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Headers of each request.</summary>
    public List<NameValueCollection> Headers { get; } = [];

    /// <summary>Body of each request.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>Another answer for some requests, by path; null for the usual one.</summary>
    public Func<string, (int Status, string Body)?> Instead { get; set; } = _ => null;

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(int status, byte[] body)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                Requests.Add($"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.Headers["Authorization"]}".TrimEnd());
                Headers.Add(new(context.Request.Headers));
                using (var reader = new StreamReader(context.Request.InputStream))
                    Bodies.Add(await reader.ReadToEndAsync());
                var instead = Instead(context.Request.Url!.AbsolutePath);
                context.Response.StatusCode = instead?.Status ?? status;
                await context.Response.OutputStream.WriteAsync(instead is { Body: var other } ? Encoding.UTF8.GetBytes(other) : body);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }
}
