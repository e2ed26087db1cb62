using System.Collections.Immutable;
using Codex.Agent.Client;
using Codex.Agent.Configuration.Dialects;
using Codex.Toml;

namespace Codex.Agent.Configuration.Providers;

/// <summary>Reads one <c>[model_providers.ID]</c>, laid over what is known of the id.</summary>
internal static class ProviderTable
{
    public const string OpenAi = "openai";
    public const string OpenAiAddressKey = "openai_base_url";

    private const string OpenAiAddress = "https://api.openai.com/v1";
    private const string OpenAiAddressVariable = "OPENAI_BASE_URL";

    /// <summary>Codex takes no larger number as it is either.</summary>
    private const int MostRetries = 100;

    /// <param name="table">Null for an id that needs none.</param>
    /// <param name="settings">The whole, or any part of it, for messages.</param>
    public static (ModelEndpoint? Endpoint, ImmutableArray<string> SecretVariables) Read(
        string id, SettingsSection? table, SettingsSection settings, ProviderSources sources)
    {
        table ??= new SettingsSection(new(Layers.SettingNode.Table.NoItems, settings.Table.Origin), TomlPath.Of("model_providers", id), settings.Findings);
        if (table.Table.Items.Count > 0 && (id == OpenAi || LocalServer.Find(id) is not null))
            table.Findings.Warn($"{table.Table.Origin.Place}: [{TomlPath.Of("model_providers", id)}] is taken, but Codex itself refuses a table for a built-in provider");
        CheckWire(table);
        var address = table.Text("base_url") is { } written
            ? sources.Address(written, $"{table.Find("base_url")!.Origin.Place}: {table.PathOf("base_url")}")
            : KnownAddress(id, settings, sources);
        if (address is null)
        {
            if (settings.Findings.Faults.Count == 0)
                table.Findings.Fault($"{table.Table.Origin.Place}: {TomlPath.Of("model_providers", id)} has no base_url; add it, as in base_url = \"http://127.0.0.1:8484/v1\"");
            return (null, []);
        }

        var (headers, headerVariables) = ProviderHeaders.Read(id, table, sources);
        var key = ProviderKey.Read(id, table, OpenAiKeyFor(id, table, address), sources);
        var defaults = new ModelEndpoint(address, id);
        return (defaults with
        {
            Key = key.Key,
            KeyVariable = key.Variable,
            KeyProgram = key.Program,
            Headers = headers,
            Query = [.. table.TextTable("query_params")],
            RequestRetries = Math.Min(table.Number("request_max_retries", 0) ?? defaults.RequestRetries, MostRetries),
            StreamRetries = Math.Min(table.Number("stream_max_retries", 0) ?? defaults.StreamRetries, MostRetries),
            IdleLimit = table.Number("stream_idle_timeout_ms", 1) is { } idle ? TimeSpan.FromMilliseconds(idle) : defaults.IdleLimit,
        }, [.. key.SecretVariables, .. headerVariables]);
    }

    private static OpenAiKey OpenAiKeyFor(string id, SettingsSection table, Uri address)
    {
        if (!(table.Flag("requires_openai_auth") ?? id == OpenAi))
            return OpenAiKey.No;
        return address.Host == new Uri(OpenAiAddress).Host ? OpenAiKey.Needed : OpenAiKey.Welcome;
    }

    private static Uri? KnownAddress(string id, SettingsSection settings, ProviderSources sources)
    {
        if (LocalServer.Find(id) is { } server)
            return sources.OssAddress(server.Port);
        if (id != OpenAi)
            return null;
        if (settings.Text(OpenAiAddressKey) is { } written)
            return sources.Address(written, $"{settings.Find(OpenAiAddressKey)!.Origin.Place}: {OpenAiAddressKey}");
        return sources.Around.Variable(OpenAiAddressVariable) is { } variable
            ? sources.Address(variable, OpenAiAddressVariable)
            : new Uri(OpenAiAddress);
    }

    private static void CheckWire(SettingsSection table)
    {
        switch (table.Text("wire_api"))
        {
            case null or "responses":
                break;
            case "chat":
                table.Findings.Warn(table.Find("wire_api")!.Origin, table.PathOf("wire_api"),
                    "= \"chat\" is an older spelling and has no effect: requests speak Responses. If the server speaks only chat, let codex-gateway stand before it.");
                break;
            default:
                table.Findings.Fault(table.Find("wire_api")!.Origin, table.PathOf("wire_api"), "must be \"responses\"");
                break;
        }

        if (table.Find("aws") is { } aws)
            table.Findings.Fault(aws.Origin, table.PathOf("aws"), "is not supported; use env_key or auth, or put codex-gateway before the provider");
    }
}
