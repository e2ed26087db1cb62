using System.Buffers;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Sessions;

namespace Codex.Agent.Configuration.Providers;

/// <summary>Writes and removes <c>auth.json</c>, which Codex reads too. Nobody but the user may read it.</summary>
internal static class KeyFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(string codexHome) => Path.Combine(codexHome, "auth.json");

    /// <summary>Whether Codex signed in with ChatGPT there, which only Codex can use.</summary>
    public static bool HoldsTokens(string codexHome)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(PathIn(codexHome)));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Object;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <returns>Null, or why it could not be written.</returns>
    public static string? Write(string codexHome, string key)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("auth_mode"u8, "apikey"u8);
            writer.WriteString("OPENAI_API_KEY"u8, key);
            writer.WriteEndObject();
        }

        var path = PathIn(codexHome);
        var temporary = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        try
        {
            LineFile.CreateDirectory(codexHome);
            // One that was left there might be readable for others.
            File.Delete(temporary);
            using (var file = new FileStream(temporary, options))
                file.Write(buffer.WrittenSpan);
            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {error.Message}";
        }
    }

    /// <returns>Null, or why it could not be removed.</returns>
    public static string? Remove(string codexHome)
    {
        try
        {
            File.Delete(PathIn(codexHome));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{PathIn(codexHome)} cannot be removed: {error.Message}";
        }
    }
}
