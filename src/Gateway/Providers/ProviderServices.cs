namespace Codex.Gateway.Providers;

public static class ProviderServices
{
    /// <summary>What a request needs to find its provider.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddSingleton<BackendClient>()
        .AddSingleton<Discovery>()
        .AddSingleton<ModelListReader>()
        .AddSingleton<ProviderRefresh>();

    /// <summary>Keeps the provider directory up to date in the background; the first round is done when the gateway has started, or a second later.</summary>
    public static IServiceCollection AddProviderWatch(this IServiceCollection services, DiscoveryPlan plan) =>
        services.AddSingleton(plan).AddHostedService<ProviderWatch>();
}
