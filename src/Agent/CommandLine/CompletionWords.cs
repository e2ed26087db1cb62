using System.Text.Json;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Configuration.Features;
using Codex.Agent.Models;
using Codex.Agent.Sessions;
using Codex.Agent.Threads;

namespace Codex.Agent.CommandLine;

/// <summary>Words that a shell offers for values, from the user's files and from a server that runs. Whoever waits for a completion sees no fault: there are just no words.</summary>
internal static class CompletionWords
{
    private const int MostSessions = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IEnumerable<string> Features() => KnownFeatures.Here.Select(f => f.Name);

    public static IEnumerable<string> Profiles() => Home() is { } home && Directory.Exists(home)
        ? Directory.EnumerateFiles(home, "*" + ProfileEnding).Select(f => Path.GetFileName(f)[..^ProfileEnding.Length]).Where(f => f.Length > 0).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Ids, the newest first.</summary>
    public static IEnumerable<string> Sessions() => Home() is { } home ? new SessionFinder(home).All().Take(MostSessions).Select(s => s.ThreadId) : [];

    public static IEnumerable<string> McpServers() =>
        Settings()?.Merged is { } merged && merged.TryGetProperty("mcp_servers", out var servers) && servers.ValueKind == JsonValueKind.Object
            ? servers.EnumerateObject().Select(s => s.Name)
            : [];

    /// <summary>Of the configured provider or the gateway that runs; none is started for this.</summary>
    public static IEnumerable<string> Models()
    {
        if (Settings() is not { } settings)
            return [];
        var listed = AskAsync(settings).ConfigureAwait(false).GetAwaiter().GetResult();
        return settings.Catalog.Concat(listed).Select(m => m.Slug).Append(settings.Model).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private const string ProfileEnding = ".config.toml";

    private static async Task<IReadOnlyList<ModelMetadata>> AskAsync(AgentSettings settings)
    {
        var (handler, _) = ServerConnection.Create(settings.Variable(ServerConnection.AuthoritiesVariable));
        if (handler is null)
            return [];
        using var http = new HttpMessageInvoker(handler);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await ModelChoice.FindEndpointAsync(settings, http, TimeProvider.System, limit.Token) is { } endpoint
                ? await ModelList.AskAsync(http, endpoint, TimeProvider.System, limit.Token)
                : [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private static string? Home() => CodexHome.Find(Surroundings.OfProcess(), new SettingsFindings());

    private static AgentSettings? Settings() => (new SettingsLoader(Surroundings.OfProcess(), TimeProvider.System).Load(new SettingsRequest()) as SettingsLoaded.Ready)?.Settings;
}
