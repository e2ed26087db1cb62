namespace Codex.Gateway.Fairness;

public static class FairnessServices
{
    public static void AddFairness(this IServiceCollection services) => services.AddSingleton<ProviderQueue>();
}
