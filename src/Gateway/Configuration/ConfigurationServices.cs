using Codex.Gateway.Keys;

namespace Codex.Gateway.Configuration;

public static class ConfigurationServices
{
    /// <summary>Keeps provider directory and gateway keys in step with the file; the directory already holds what <paramref name="current"/> says.</summary>
    public static IServiceCollection AddConfigurationWatch(this IServiceCollection services, ConfigurationSource source, CurrentConfiguration current) =>
        services
            .AddSingleton(source)
            .AddSingleton(current)
            .AddSingleton(new KeyRing(current.Configured.Keys, isLocked: current.Configured.Settings.IsReachable))
            .AddHostedService<ConfigurationWatch>();
}
