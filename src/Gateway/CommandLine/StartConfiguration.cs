using Codex.Gateway.Configuration;
using Codex.Gateway.Providers;

namespace Codex.Gateway.CommandLine;

/// <summary>Reads the configuration for a command that cannot go on without one.</summary>
internal static class StartConfiguration
{
    /// <summary>Null when it is refused; the reason is then written to <paramref name="error"/> in one line.</summary>
    public static async Task<(ConfigurationSource Source, CurrentConfiguration Current)?> ReadAsync(
        ConfigurationSource source, TextWriter error, CancellationToken cancellation)
    {
        var file = await source.ReadFileAsync(path: null, cancellation);
        switch (source.Interpret(file))
        {
            case ConfigurationRead.Accepted accepted:
                return (source, new CurrentConfiguration(accepted.Configured, file));
            case ConfigurationRead.Refused refused:
                await error.WriteLineAsync($"codex-gateway: {refused.Summary}");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Looks for backends and asks all providers for their models once. Null when the configuration is refused, as above.</summary>
    public static async Task<ProviderSnapshot?> AskProvidersAsync(ConfigurationSource source, TextWriter error, CancellationToken cancellation)
    {
        if (await ReadAsync(source, error, cancellation) is not var (_, current))
            return null;
        var directory = new ProviderDirectory();
        directory.Update(current.Configured.ApplyTo);
        var plan = DiscoveryPlan.WellKnown(current.Configured.Discovery.LooksFor);
        await ProviderRefresh.RefreshOnceAsync(directory, plan, TimeProvider.System, cancellation);
        return directory.Current;
    }
}
