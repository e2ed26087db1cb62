using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Sessions;

/// <summary>
/// Takes a thread down in a rollout file that Codex 0.169 resumes. A new file comes into being with the first turn. When
/// a line cannot be written the thread goes on and the user is told once; nothing is written after the gap.
/// </summary>
public sealed class RolloutRecorder : ISessionRecorder
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly RolloutHead _head;
    private IReadOnlyList<byte[]> _opening;
    private long? _nextOrdinal;
    private string _turnId;
    private bool _isBroken;

    private RolloutRecorder(RolloutHead head, string path, IReadOnlyList<byte[]> opening, long? nextOrdinal, TimeProvider time, Action<string> warn)
    {
        _head = head;
        FilePath = path;
        _opening = opening;
        _nextOrdinal = nextOrdinal;
        // Of lines outside any turn.
        _turnId = head.ThreadId;
        _time = time;
        _warn = warn;
    }

    /// <summary>Absolute. The file is there once something was said.</summary>
    public string FilePath { get; }

    /// <param name="warn">Takes one line for the user when the session cannot be kept.</param>
    public static RolloutRecorder Begin(string codexHome, RolloutHead head, TimeProvider time, Action<string> warn) =>
        new(head, head.PathIn(codexHome, time), [HeadLine(head)], nextOrdinal: null, time, warn);

    /// <summary>Goes on in the file the session was read from.</summary>
    public static RolloutRecorder Continue(StoredSession session, TimeProvider time, Action<string> warn) =>
        new(session.Head, session.FilePath, [], session.NextOrdinal, time, warn);

    /// <summary>A new file that begins with all that was said in another thread.</summary>
    /// <param name="head">Of the new thread; names the other as <see cref="RolloutHead.ForkedFrom"/>.</param>
    public static RolloutRecorder Fork(StoredSession parent, string codexHome, RolloutHead head, TimeProvider time, Action<string> warn)
    {
        var opening = new List<byte[]> { HeadLine(head) };
        foreach (var item in parent.Items)
        {
            opening.Add(RolloutLine.Write(head.Started, ordinal: null, "response_item", w => RolloutLine.WriteItem(w, item)));
            if (item is HistoryItem.Message { Role: "user" or "assistant" } message && !ContextItems.IsContext(message))
                opening.Add(RolloutLine.Write(head.Started, ordinal: null, "event_msg", w => RolloutPayload.Said(w, message.Role == "user" ? "user_message" : "agent_message", message.Text)));
        }

        opening.Add(RolloutLine.Write(head.Started, ordinal: null, "event_msg", w => RolloutPayload.TokenCount(w, parent.Total, TokenUsage.None, parent.Window)));
        return new RolloutRecorder(head, head.PathIn(codexHome, time), opening, nextOrdinal: null, time, warn);
    }

    public void Opened()
    {
        lock (_gate)
        {
            try
            {
                if (_head.ForkedFrom is not null)
                    WriteOpening();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Tried again with the first line of a turn, and the user told then.
            }
        }
    }

    public void TurnStarted(TurnFacts turn)
    {
        _turnId = turn.TurnId;
        Write("event_msg", w => RolloutPayload.TaskStarted(w, turn));
        Write("turn_context", w => RolloutPayload.TurnContext(w, turn));
    }

    public void Item(HistoryItem item) => Write("response_item", w => RolloutLine.WriteItem(w, item));

    public void UserMessage(string text) => Said(isUser: true, text);

    public void AgentMessage(string text) => Said(isUser: false, text);

    public void Tokens(TokenUsage total, TokenUsage last, int window) => Write("event_msg", w => RolloutPayload.TokenCount(w, total, last, window));

    public void Compacted(string summary, IReadOnlyList<HistoryItem> replacement) => Write("compacted", w => RolloutPayload.Compacted(w, summary, replacement));

    public void TurnEnded(string turnId, string? lastMessage, TimeSpan duration) =>
        Write("event_msg", w => RolloutPayload.TaskComplete(w, turnId, lastMessage, duration));

    public void TurnAborted(string turnId, string reason) => Write("event_msg", w => RolloutPayload.TurnAborted(w, turnId, reason));

    private static byte[] HeadLine(RolloutHead head) => RolloutLine.Write(head.Started, ordinal: null, "session_meta", w => RolloutPayload.Head(w, head));

    private void Said(bool isUser, string text)
    {
        var now = _time.GetUtcNow();
        Write("event_msg", w =>
        {
            if (_nextOrdinal is null)
                RolloutPayload.Said(w, isUser ? "user_message" : "agent_message", text);
            else
                RolloutPayload.SaidAsItem(w, _head.ThreadId, _turnId, isUser, text, Guid.CreateVersion7(now).ToString(), now);
        });
    }

    private void WriteOpening()
    {
        foreach (var line in _opening)
            LineFile.Append(FilePath, line);
        _opening = [];
    }

    private void Write(string type, Action<Utf8JsonWriter> payload)
    {
        lock (_gate)
        {
            if (_isBroken)
                return;
            try
            {
                WriteOpening();
                LineFile.Append(FilePath, RolloutLine.Write(_time.GetUtcNow(), _nextOrdinal, type, payload));
                _nextOrdinal++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _isBroken = true;
                _warn($"This session is not kept from here on: {FilePath} cannot be written ({error.Message}). Make room or check its rights, then start or resume a session.");
            }
        }
    }
}
