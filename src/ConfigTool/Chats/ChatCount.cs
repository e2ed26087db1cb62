using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.ConfigTool.Chats;

/// <summary>Counts Codex's saved chats by provider; Codex lists and resumes only those of the provider in use.</summary>
internal static class ChatCount
{
    /// <summary>Chats by provider id. Files that cannot be read count for nothing.</summary>
    public static ImmutableDictionary<string, int> Of(string codexHome)
    {
        var sessions = Path.Combine(codexHome, "sessions");
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.Exists(sessions)
            ? Directory.EnumerateFiles(sessions, "rollout-*.jsonl", options).Select(ProviderOf).OfType<string>().CountBy(p => p).ToImmutableDictionary()
            : ImmutableDictionary<string, int>.Empty;
    }

    /// <summary>The first line tells what the chat is.</summary>
    private static string? ProviderOf(string path)
    {
        try
        {
            if (File.ReadLines(path).FirstOrDefault() is not { } line)
                return null;
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
                && payload.TryGetProperty("model_provider", out var provider) && provider.ValueKind == JsonValueKind.String
                ? provider.GetString()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
