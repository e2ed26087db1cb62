using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ILogger = Serilog.ILogger;

namespace Codex.Gateway.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP when OpenTelemetry's standard variables ask for it, and is not there otherwise.
/// A collector that is away costs nothing but the data: neither requests nor the log notice.
/// </summary>
internal sealed class OtlpExport(OtlpVariables variables, ILogger log) : IHostedService, IDisposable
{
    /// <summary>For the last data when the gateway stops.</summary>
    private const int FlushMilliseconds = 2000;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (variables.Problem is { } problem)
            log.ForContext<OtlpExport>().Warning("Telemetry is not sent: {Problem}", problem);
        if (variables.WantsTraces)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(variables.Configuration))
                .ConfigureResource(Describe)
                .AddSource(GatewayMeter.Name)
                .AddOtlpExporter()
                .Build();
        }

        if (variables.WantsMetrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(variables.Configuration))
                .ConfigureResource(Describe)
                .AddMeter(GatewayMeter.Name, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Shutdown(FlushMilliseconds);
        _metrics?.Shutdown(FlushMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>What the variables say of the service goes before our own words.</summary>
    private static void Describe(ResourceBuilder resource) => resource
        .AddService(GatewayMeter.Name, serviceVersion: GatewayMeter.Version)
        .AddEnvironmentVariableDetector();
}
