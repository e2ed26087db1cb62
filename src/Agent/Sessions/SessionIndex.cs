using System.Buffers;
using System.Text.Json;
using Codex.Agent.Conversation;

namespace Codex.Agent.Sessions;

/// <summary>The names of sessions: <c>session_index.jsonl</c>, to which lines are only added; the last one about a session counts.</summary>
public static class SessionIndex
{
    /// <summary>Names by thread id.</summary>
    public static IReadOnlyDictionary<string, string> Read(string codexHome)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = PathIn(codexHome);
        if (!File.Exists(path))
            return names;
        try
        {
            using var reader = RolloutReader.Open(path);
            while (reader.ReadLine() is { } line)
            {
                using var document = RolloutReader.Parse(line);
                if (document?.RootElement is { ValueKind: JsonValueKind.Object } entry && Text(entry, "id") is { } id && Text(entry, "thread_name") is { } name)
                    names[id] = name;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Sessions are found by their ids as well.
        }

        return names;
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Name(string codexHome, string threadId, string name, TimeProvider time)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, threadId);
            writer.WriteString("thread_name"u8, name);
            writer.WriteString("updated_at"u8, RolloutLine.Timestamp(time.GetUtcNow()));
            writer.WriteEndObject();
        }

        LineFile.Append(PathIn(codexHome), buffer.WrittenSpan);
    }

    private static string PathIn(string codexHome) => Path.Combine(codexHome, "session_index.jsonl");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
