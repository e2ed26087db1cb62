using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;

namespace Codex.Agent.Sessions;

/// <summary>What the user typed in interactive sessions: <c>history.jsonl</c>, shared with Codex.</summary>
/// <param name="keeps">False where the user wants none kept (<c>history.persistence = "none"</c>).</param>
/// <param name="maxBytes">When the file grows larger, its oldest lines go until it is at most four fifths of this; null keeps all.</param>
public sealed class PromptHistory(string codexHome, bool keeps, long? maxBytes, TimeProvider time)
{
    private const int Tries = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _path = Path.Combine(codexHome, "history.jsonl");

    public static PromptHistory Of(AgentSettings settings, TimeProvider time)
    {
        var history = settings.Merged.ValueKind == JsonValueKind.Object && settings.Merged.TryGetProperty("history", out var table) ? table : default;
        long? most = history.ValueKind == JsonValueKind.Object && history.TryGetProperty("max_bytes", out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0 ? number : null;
        return new PromptHistory(settings.CodexHome, !settings.KeepsNoHistory, most, time);
    }

    /// <returns>Null when it is kept, or should not be; otherwise why not.</returns>
    public async Task<string?> AddAsync(string threadId, string text, CancellationToken cancellation)
    {
        if (!keeps)
            return null;
        var line = Line(threadId, text);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                LineFile.CreateDirectory(codexHome);
                using var file = LineFile.Open(_path, FileShare.None);
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~LineFile.Private) != UnixFileMode.None)
                    File.SetUnixFileMode(file.SafeFileHandle, LineFile.Private);
                LineFile.Append(file, line);
                if (maxBytes is { } most && file.Length > most)
                    DropOldest(file, most);
                return null;
            }
            catch (IOException) when (attempt < Tries && File.Exists(_path))
            {
                // Codex, or another of us, holds the lock.
                await Task.Delay(Pause, time, cancellation);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return $"What you typed is not kept: {_path} cannot be written ({error.Message}).";
            }
        }
    }

    /// <summary>The texts, oldest first; lines that cannot be read are left out.</summary>
    public ImmutableArray<string> Read()
    {
        if (!keeps || !File.Exists(_path))
            return [];
        var texts = ImmutableArray.CreateBuilder<string>();
        try
        {
            using var reader = RolloutReader.Open(_path);
            while (reader.ReadLine() is { } line)
            {
                using var document = RolloutReader.Parse(line);
                if (document?.RootElement is { ValueKind: JsonValueKind.Object } entry
                    && entry.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
                {
                    texts.Add(text.GetString()!);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Typing works without it.
        }

        return texts.ToImmutable();
    }

    private byte[] Line(string threadId, string text)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("session_id"u8, threadId);
            writer.WriteNumber("ts"u8, time.GetUtcNow().ToUnixTimeSeconds());
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The line just written stays, however long it is.</summary>
    private static void DropOldest(FileStream file, long most)
    {
        var all = new byte[file.Length];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(all);
        var target = most / 5 * 4;
        var start = 0;
        while (all.Length - start > target && all.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var end && start + end + 1 < all.Length)
            start += end + 1;
        file.Seek(0, SeekOrigin.Begin);
        file.Write(all.AsSpan(start));
        file.SetLength(all.Length - start);
    }
}
