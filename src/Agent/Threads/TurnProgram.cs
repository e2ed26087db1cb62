using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Loop;
using Codex.Agent.Processes;

namespace Codex.Agent.Threads;

/// <summary>The user's own program that is told when a turn is done: <c>notify</c>. It is started and left alone.</summary>
/// <param name="words">Program and first arguments.</param>
/// <param name="directory">Where the thread works.</param>
/// <param name="client">Who started the thread, such as <c>codex_exec</c>.</param>
internal sealed class TurnProgram(ImmutableArray<string> words, string threadId, string directory, string client)
{
    private bool _hasFailed;

    /// <returns>Why it could not be started, once; null else.</returns>
    public async Task<string?> TellAsync(FinishedTurn turn)
    {
        // The user's program, so it gets the user's environment, as Codex gives it.
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        var fault = ExecutableSearch.Find(words[0], environment.GetValueOrDefault("PATH"), directory) is { } file
            ? (await ChildProcess.StartAsync(
                new SpawnCall(file, [.. words, Message(turn)], environment, directory) { Streams = SpawnStreams.Nothing }, leavesNothing: false, static _ => { })).Fault
            : "it is not there, or no program";
        if (fault is null || _hasFailed)
            return null;
        _hasFailed = true;
        return $"notify could not start {words[0]}: {fault.TrimEnd('.')}. Correct notify in config.toml.";
    }

    private string Message(FinishedTurn turn)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "agent-turn-complete"u8);
            json.WriteString("thread-id"u8, threadId);
            json.WriteString("turn-id"u8, turn.TurnId);
            json.WriteString("cwd"u8, directory);
            json.WriteString("client"u8, client);
            json.WriteStartArray("input-messages"u8);
            foreach (var message in turn.InputMessages)
                json.WriteStringValue(message);
            json.WriteEndArray();
            json.WriteString("last-assistant-message"u8, turn.LastMessage);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
