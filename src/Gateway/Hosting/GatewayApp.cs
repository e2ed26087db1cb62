using Codex.Gateway.Explain;
using Codex.Gateway.Fairness;
using Codex.Gateway.Health;
using Codex.Gateway.Keys;
using Codex.Gateway.Logging;
using Codex.Gateway.Models;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Telemetry;
using Codex.Gateway.Warmth;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Codex.Gateway.Hosting;

/// <summary>Composes the whole gateway; the caller runs it and keeps the provider directory up to date.</summary>
public static class GatewayApp
{
    /// <param name="more">Adds what only this caller needs: hosted services of <c>serve</c>, doubles of a test.</param>
    /// <param name="certificate">For addresses that begin with https; the caller disposes of it.</param>
    public static WebApplication Build(GatewaySettings settings, ProviderDirectory directory, Action<IServiceCollection>? more = null, ServerCertificate? certificate = null)
    {
        // The empty builder reads no settings files and no environment: what counts is in the arguments alone.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = GatewayListeners.Bind).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bounded where the body is read, with an answer in the clients' own error shape.
            kestrel.Limits.MaxRequestBodySize = null;
            // A client may stop reading for as long as it likes; the backend then waits too.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(settings, certificate);
        });
        builder.Logging.AddGatewayLog(settings.Log);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(directory);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTime + StreamDrain.Grace);
        builder.Services.AddRouting();
        builder.Services.AddProviders();
        builder.Services.AddModels();
        builder.Services.AddWarmth();
        builder.Services.AddProxy();
        builder.Services.AddFairness();
        builder.Services.AddTelemetry();
        builder.Services.AddExplain();
        builder.Services.AddHealth();
        more?.Invoke(builder.Services);
        builder.Services.AddKeys(settings.IsReachable);

        var app = builder.Build();
        // It has to hear of the stop from its beginning, not from the first request on.
        app.Services.GetRequiredService<StreamDrain>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseExplain();
        app.UseMiddleware<RequestTelemetryMiddleware>();
        app.UseMiddleware<LastResortMiddleware>();
        app.UseTrustedProxies(settings.TrustedProxies);
        app.UseMiddleware<OriginMiddleware>();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.MapHealth();
        app.MapModels();
        app.MapTelemetry();
        app.MapExplain();
        app.MapWarmth();
        app.MapProxy();
        return app;
    }
}
