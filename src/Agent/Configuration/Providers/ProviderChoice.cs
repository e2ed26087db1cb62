using System.Collections.Immutable;
using Codex.Agent.Client;
using Codex.Agent.Configuration.Dialects;

namespace Codex.Agent.Configuration.Providers;

/// <summary>Who is asked.</summary>
/// <param name="Endpoint">Null: a gateway is looked for.</param>
/// <param name="Model">Goes before the configured one; null leaves it.</param>
/// <param name="SecretVariables">Hold keys: no command ever sees them.</param>
internal sealed record ProviderChoice(ModelEndpoint? Endpoint, string? Model, ImmutableArray<string> SecretVariables)
{
    /// <summary>No provider of the user's but the gateway of this machine.</summary>
    private const string Local = "local";

    /// <summary>Older than the servers' own names; then, as now, a server of this machine.</summary>
    private const string Oss = "oss";

    private const string TablesKey = "model_providers";

    public static ProviderChoice Make(SettingsRequest request, SettingsSection settings, ProviderSources sources)
    {
        var tables = settings.SectionOrEmpty(TablesKey);
        if (request.Oss || request.LocalProvider is not null)
            return LocalServerOf(request.LocalProvider ?? settings.Text("oss_provider"), request.LocalProvider is null ? settings : null, tables, sources);
        // An address for OpenAI says who is meant, as the SDK's options do.
        var id = settings.Text("model_provider") ?? (settings.Text(ProviderTable.OpenAiAddressKey) is null ? Local : ProviderTable.OpenAi);
        if (tables.Section(id) is null)
        {
            if (id == Local)
                return new ProviderChoice(null, null, []);
            if (id == Oss)
            {
                settings.Findings.Warn(settings.Find("model_provider")!.Origin, settings.PathOf("model_provider"),
                    "= \"oss\" is an older spelling; the server of this machine is used");
                return OpenServer(sources);
            }
        }

        return settings.Findings.Faults.Count > 0 ? new ProviderChoice(null, null, []) : Named(id, settings, tables, sources);
    }

    private static ProviderChoice Named(string id, SettingsSection settings, SettingsSection tables, ProviderSources sources)
    {
        if (tables.Section(id) is null && id != ProviderTable.OpenAi && LocalServer.Find(id) is null)
        {
            IEnumerable<string> known = [.. tables.Table.Items.Keys, ProviderTable.OpenAi, .. LocalServer.All.Select(s => s.Id), Local];
            settings.Findings.Fault(settings.Find("model_provider")!.Origin, settings.PathOf("model_provider"),
                $"names \"{id}\", which is not defined; add {tables.PathOf(id)} with base_url, or name one of: {string.Join(", ", known)}");
            return new ProviderChoice(null, null, []);
        }

        var (endpoint, secrets) = ProviderTable.Read(id, tables.Section(id), settings, sources);
        return new ProviderChoice(endpoint, null, secrets);
    }

    /// <param name="written">Where <paramref name="id"/> was read from; null when it is from the command line.</param>
    private static ProviderChoice LocalServerOf(string? id, SettingsSection? written, SettingsSection tables, ProviderSources sources)
    {
        if (id is null)
            return OpenServer(sources);
        if (LocalServer.Find(id) is not { } server)
        {
            var right = $"is \"{id}\"; write one of: {string.Join(", ", LocalServer.All.Select(s => s.Id))}";
            if (written is null)
                tables.Findings.Fault($"--local-provider {right}");
            else
                written.Findings.Fault(written.Find("oss_provider")!.Origin, written.PathOf("oss_provider"), right);
            return new ProviderChoice(null, null, []);
        }

        var (endpoint, secrets) = ProviderTable.Read(id, tables.Section(id), tables, sources);
        return new ProviderChoice(endpoint, server.Model, secrets);
    }

    private static ProviderChoice OpenServer(ProviderSources sources) =>
        new(sources.OssAddress(port: null) is { } address ? new ModelEndpoint(address, Oss) : null, null, []);
}
