using Codex.Gateway.Keys;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>
/// Takes over changes of the file while the gateway runs. The small file is read again every second instead of being
/// watched: that sees writes in place, atomic renames, swapped symbolic links and network mounts alike.
/// </summary>
internal sealed class ConfigurationWatch(
    ConfigurationSource source,
    CurrentConfiguration current,
    ProviderDirectory directory,
    KeyRing keys,
    TimeProvider time,
    ILogger<ConfigurationWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var considered = current.File;
        ConfigurationFileRead? pending = null;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var path = (current.File as ConfigurationFileRead.Content)?.Path;
            var now = await source.ReadFileAsync(path, stoppingToken);
            if (now == considered)
            {
                pending = null;
            }
            else if (now == pending)
            {
                // The same twice: whoever writes it has finished.
                Consider(now);
                considered = now;
            }
            else
            {
                pending = now;
            }
        }
    }

    private void Consider(ConfigurationFileRead file)
    {
        switch (source.Interpret(file))
        {
            case ConfigurationRead.Refused refused:
                log.LogError("Configuration change refused, the one before stays in force: {Problem}", refused.Summary);
                // Somebody who takes a key back must not have to find a mistake elsewhere first.
                if (source.KeyHashes(file) is { } hashes && keys.Retain(hashes) is { IsEmpty: false } revoked)
                    log.LogWarning("Keys that were taken back are refused all the same: {Keys}", string.Join(", ", revoked));
                break;
            case ConfigurationRead.Accepted accepted:
                var before = current.Configured;
                current.Replace(accepted.Configured, file);
                keys.Update(accepted.Configured.Keys);
                directory.Update(accepted.Configured.ApplyTo);
                log.LogInformation("Configuration change taken over: {Providers} providers, {Models} models, {Keys} keys", accepted.Configured.Providers.Length, accepted.Configured.Models.Count, accepted.Configured.Keys.Length);
                foreach (var note in KeyNotes.About(accepted.Configured))
                    log.LogWarning("{Note}", note);
                if (!accepted.Configured.StartsLike(before))
                    log.LogWarning("Changes of Urls, Tls, Hosts, TrustedProxies, Discover, KeepAlive, DrainTime, Log, Explain and MaxBodyBytes take effect at the next start");
                break;
        }
    }
}
