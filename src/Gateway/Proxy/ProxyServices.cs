using Codex.Gateway.Explain;
using Codex.Gateway.Hosting;
using Codex.Gateway.Proxy.Attempts;
using Codex.Gateway.Proxy.Inquiry;
using Codex.Gateway.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Codex.Gateway.Proxy;

public static class ProxyServices
{
    public static IServiceCollection AddProxy(this IServiceCollection services)
    {
        services.AddReverseProxy().AddTransforms(Configure);
        // YARP brings data protection for cookies that are not used here; without this it writes key files.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<IProxyConfigProvider, ProviderClusters>();
        services.AddSingleton<IForwarderHttpClientFactory, UpstreamClientFactory>();
        services.AddSingleton<ILoadBalancingPolicy, ConversationBalancing>();
        services.AddSingleton<IPassiveHealthCheckPolicy, TransportHealth>();
        services.AddSingleton<ExchangePreparation>();
        services.AddSingleton<StreamDrain>();
        services.AddSingleton<RetryBudget>();
        services.AddSingleton<ReplicaRests>();
        services.AddSingleton<KeyProbe>();
        services.AddSingleton<FailureInquiry>();
        services.AddSingleton<AttemptLoop>();
        return services;
    }

    public static void MapProxy(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<ExchangeMiddleware>();
            pipeline.UseMiddleware<AttemptMiddleware>();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });
        endpoints.MapOtherEndpoints();
    }

    private static void Configure(TransformBuilderContext context)
    {
        // Both directions copy by our own rules.
        context.CopyRequestHeaders = false;
        context.CopyResponseHeaders = false;
        context.CopyResponseTrailers = false;
        context.UseDefaultForwarders = false;
        context.RequestTransforms.Add(new UpstreamRequestTransform());
        context.ResponseTransforms.Add(new AttemptStatusTransform());
        if (context.Services.GetRequiredService<GatewaySettings>().Explain)
            context.ResponseTransforms.Add(new WatchedAnswer());
        context.ResponseTransforms.Add(ActivatorUtilities.CreateInstance<UpstreamResponseTransform>(context.Services));
    }
}
