using System.Text;
using Codex.Gateway.Hosting;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace Codex.GatewayInProcess;

/// <summary>The whole gateway in this process, on a free port, with an HTTP client that talks to it.</summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, ProviderDirectory directory, CapturedLog log)
    {
        _app = app;
        Directory = directory;
        Log = log;
        // A client that leaves does so at once, instead of reading on for two seconds to save its connection.
        var sockets = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0, AllowAutoRedirect = false };
        Client = new HttpClient(sockets) { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public ProviderDirectory Directory { get; }

    public CapturedLog Log { get; }

    public HttpClient Client { get; }

    public static Task<RunningGateway> StartAsync(params ProviderView[] providers) => StartAsync(new GatewaySettings(), providers);

    public static Task<RunningGateway> StartAsync(GatewaySettings settings, params ProviderView[] providers) =>
        StartAsync(settings, more: null, providers);

    /// <param name="more">Services of this test, in place of those the gateway would make.</param>
    public static async Task<RunningGateway> StartAsync(GatewaySettings settings, Action<IServiceCollection>? more, params ProviderView[] providers)
    {
        var directory = new ProviderDirectory();
        directory.Update(s => s with { Providers = [.. providers] });
        var log = new CapturedLog();
        var app = GatewayApp.Build(
            settings with { Urls = ["http://127.0.0.1:0"], Log = new LogSettings(LogEventLevel.Debug) },
            directory,
            services =>
            {
                services.AddSingleton(log.Logger);
                more?.Invoke(services);
            });
        await app.StartAsync();
        return new RunningGateway(app, directory, log);
    }

    /// <summary>A provider as discovery would have made it.</summary>
    public static ProviderView View(string name, string baseUrl, params string[] models) => View(
        new Provider(name, ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri(baseUrl)]), models);

    /// <summary>Tried once, so that a test's script is played for the request it is meant for; tests of retries change that.</summary>
    public static ProviderView View(ScriptedUpstreamServer upstream, Func<Provider, Provider>? change = null) => View(
        (change ?? (p => p))(new Provider("scripted", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri(upstream.BaseUrl)])
        {
            Retries = ProviderRetries.Default with { MaxAttempts = 1 },
        }),
        "scripted-model");

    public static ProviderView View(Provider provider, params string[] models) => new(
        provider, [.. models.Select(m => new ProviderModel(m))], DateTimeOffset.UnixEpoch, Problem: null);

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>As when the process has just been told to end and still serves.</summary>
    public void BeginStop() => _app.Lifetime.StopApplication();

    /// <summary>As when the process is told to end: open requests may finish.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
