using Codex.Gateway.Keys;

namespace Codex.Gateway.Telemetry;

public static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddSingleton<GatewayMeter>()
        .AddSingleton<GatewayTracing>()
        .AddSingleton<ActiveRequests>()
        .AddSingleton<RequestMetrics>()
        .AddSingleton<GatewayGauges>()
        .AddSingleton<MetricCollector>()
        .AddSingleton(OtlpVariables.OfProcess())
        .AddHostedService<OtlpExport>();

    /// <summary><c>GET /metrics</c>, for Prometheus.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints)
    {
        // Made now: what is measured before the first visit counts too.
        endpoints.ServiceProvider.GetRequiredService<GatewayGauges>();
        var collector = endpoints.ServiceProvider.GetRequiredService<MetricCollector>();
        endpoints.MapGet("/metrics", () => Results.Text(PrometheusText.Write(collector.Read()), PrometheusText.ContentType)).RequireKeyUnlessLocal();
    }
}
