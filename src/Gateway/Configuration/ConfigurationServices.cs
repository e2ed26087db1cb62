namespace Codex.Gateway.Configuration;

public static class ConfigurationServices
{
    /// <summary>Keeps the provider directory in step with the file; the directory already holds what <paramref name="current"/> says.</summary>
    public static IServiceCollection AddConfigurationWatch(this IServiceCollection services, ConfigurationSource source, CurrentConfiguration current) =>
        services.AddSingleton(source).AddSingleton(current).AddHostedService<ConfigurationWatch>();
}
