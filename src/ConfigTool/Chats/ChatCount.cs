using System.Collections.Immutable;
using System.Text.Json;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Providers;
using Codex.Toml;

namespace Codex.ConfigTool.Chats;

/// <summary>Counts Codex's saved chats by provider; Codex lists and resumes only those of the provider in use.</summary>
internal static class ChatCount
{
    /// <summary>Where Codex's own list of chats is, when not in its directory.</summary>
    private const string ListFolder = "sqlite_home";
    private const string ListVariable = "CODEX_SQLITE_HOME";
    private static readonly string[] Folders = ["sessions", "archived_sessions"];

    /// <summary>Chats by provider id, each chat once: from Codex's own list, and from the chats' files where the list has none. What cannot be read counts for nothing.</summary>
    public static ImmutableDictionary<string, int> Of(ToolEnvironment environment, string codexHome)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var providers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in Folders.Select(f => Path.Combine(codexHome, f)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "rollout-*.jsonl", options))
            {
                if (Chat(path) is var (id, provider))
                    providers[id ?? path] = provider;
            }
        }

        foreach (var (id, provider) in StateDatabase.Threads(ListIn(environment, codexHome)))
            providers[id] = provider;
        return providers.Values.CountBy(p => p).ToImmutableDictionary();
    }

    private static string ListIn(ToolEnvironment environment, string codexHome)
    {
        var path = Path.Combine(codexHome, CodexHome.FileName);
        string? named = null;
        try
        {
            named = File.Exists(path) ? ProviderEndpoint.TextAt(TomlDocument.Parse(File.ReadAllBytes(path)).Find(TomlPath.Of(ListFolder))) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who reads the configuration itself tells of that.
        }

        return Path.Combine(codexHome, named ?? environment.Variable(ListVariable) ?? "");
    }

    /// <summary>The first line tells what the chat is.</summary>
    private static (string? Id, string Provider)? Chat(string path)
    {
        try
        {
            if (File.ReadLines(path).FirstOrDefault() is not { } line)
                return null;
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
                && Text(payload, "model_provider") is { } provider
                ? (Text(payload, "id"), provider)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
