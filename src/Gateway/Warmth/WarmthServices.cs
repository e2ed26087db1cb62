using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Yarp.ReverseProxy;

namespace Codex.Gateway.Warmth;

public static class WarmthServices
{
    public static IServiceCollection AddWarmth(this IServiceCollection services) => services
        .AddSingleton<PromptScale>()
        .AddSingleton<ContextGuard>()
        .AddSingleton<SeenModels>()
        .AddSingleton<ResidencyCheck>()
        .AddSingleton(s => new WarmUpCall(
            provider => s.GetRequiredService<IProxyStateLookup>().TryGetCluster(provider.Name, out var cluster) ? cluster.Model.HttpClient : null,
            s.GetRequiredService<TimeProvider>()))
        .AddSingleton(s => new ModelWarmth(
            s.GetRequiredService<WarmUpCall>(),
            s.GetRequiredService<SeenModels>(),
            s.GetRequiredService<ResidencyCheck>(),
            s.GetRequiredService<ProviderRefresh>(),
            s.GetRequiredService<ContextGuard>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ModelWarmth>>()))
        .AddHostedService<KeptModels>();

    public static void MapWarmth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(WarmEndpoint.Path, WarmEndpoint.HandleAsync).RequireAdmin();
}
