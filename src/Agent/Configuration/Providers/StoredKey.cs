using System.Text.Json;

namespace Codex.Agent.Configuration.Providers;

/// <summary>The key that <c>codex login --with-api-key</c> left in <c>auth.json</c>.</summary>
internal static class StoredKey
{
    public static string? Read(string codexHome)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(KeyFile.PathIn(codexHome)));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("OPENAI_API_KEY", out var key)
                && key.ValueKind == JsonValueKind.String
                && key.GetString()!.Trim() is { Length: > 0 } text
                    ? text
                    : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
