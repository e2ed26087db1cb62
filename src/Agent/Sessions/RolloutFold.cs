using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Sessions;

/// <summary>What the lines of a rollout file come to, one after the other. Kinds of lines it does not know change nothing.</summary>
internal sealed class RolloutFold
{
    /// <summary>Codex keeps notes of its own in its items and leaves them out of requests.</summary>
    private const string Notes = "internal_chat_message_metadata_passthrough";

    private readonly List<HistoryItem> _items = [];
    private TokenUsage _total = TokenUsage.None;
    private int _window;
    private string? _directory;
    private string? _model;
    private long? _lastOrdinal;
    private int _unreadable;
    private bool _isNumbered;

    public RolloutHead? Head { get; private set; }

    /// <summary>What the user said first; null when nothing was said yet.</summary>
    public string? Opening => (_items.Find(ContextItems.IsUsersOwn) as HistoryItem.Message)?.Text;

    public static long? Ordinal(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("ordinal", out var value) && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The thread a fork begins with, and the first ordinal of it that is not part of the fork; null for other lines.</summary>
    public static (string Thread, long End)? BaseOf(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || Text(line, "type") != "session_meta" || !line.TryGetProperty("payload", out var payload)
            || payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty("history_base", out var origin) || origin.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Text(origin, "thread_id") is { } thread && origin.TryGetProperty("end_ordinal_exclusive", out var end) && end.TryGetInt64(out var number)
            ? (thread, number)
            : null;
    }

    public void SkipLine() => _unreadable++;

    /// <summary>What follows belongs to a fork of what came before.</summary>
    public void BeginFork()
    {
        Head = null;
        _lastOrdinal = null;
    }

    public void Take(JsonElement line)
    {
        try
        {
            if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
            {
                SkipLine();
                return;
            }

            _lastOrdinal = Ordinal(line) ?? _lastOrdinal;
            Take(Text(line, "type"), payload);
        }
        catch (InvalidOperationException)
        {
            // Text with half a surrogate pair, which JSON allows and no string holds.
            SkipLine();
        }
    }

    public StoredSession ToSession(string path, RolloutHead head) => new(
        path, head, [.. _items], _total, _window, _directory ?? head.WorkingDirectory, _model, _isNumbered ? (_lastOrdinal ?? -1) + 1 : null, _unreadable);

    private void Take(string? type, JsonElement payload)
    {
        switch (type)
        {
            case "session_meta":
                // A fork of an older Codex holds the line of its parent as well.
                if (Head is null && (Head = ReadHead(payload)) is not null)
                    _isNumbered = Text(payload, "history_mode") == "paginated";
                break;
            case "response_item" when Read(payload) is { } item:
                _items.Add(item);
                break;
            case "turn_context":
                _directory = Text(payload, "cwd") ?? _directory;
                _model = Text(payload, "model") ?? _model;
                break;
            case "compacted":
                Compact(payload);
                break;
            case "event_msg" when Text(payload, "type") == "token_count":
                Count(payload);
                break;
            case "event_msg" when Text(payload, "type") == "thread_rolled_back":
                RollBack(Number(payload, "num_turns"));
                break;
        }
    }

    private static RolloutHead? ReadHead(JsonElement payload)
    {
        if (Text(payload, "id") is not { } id)
            return null;
        var source = payload.TryGetProperty("source", out var value) && value.ValueKind == JsonValueKind.Object
            ? value.TryGetProperty("subagent", out _) ? RolloutHead.SubagentSource : "unknown"
            : Text(payload, "source") ?? "unknown";
        var started = DateTimeOffset.TryParse(
            Text(payload, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
        return new RolloutHead(
            id, started, Text(payload, "cwd") ?? "", Text(payload, "originator") ?? "", Text(payload, "cli_version") ?? "", source, Text(payload, "model_provider") ?? "")
        {
            ForkedFrom = Text(payload, "forked_from_id"),
        };
    }

    private static HistoryItem? Read(JsonElement item)
    {
        // A commit of the work tree, by which older versions undid a turn; no model ever saw it.
        if (Text(item, "type") == "ghost_snapshot")
            return null;
        if (!item.TryGetProperty(Notes, out _))
            return HistoryItemReader.Read(item);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            foreach (var property in item.EnumerateObject())
            {
                if (!property.NameEquals(Notes))
                    property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return HistoryItemReader.Read(document.RootElement);
    }

    private void Compact(JsonElement payload)
    {
        var now = payload.TryGetProperty("replacement_history", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select(Read).OfType<HistoryItem>().ToImmutableArray()
            : [.. _items.Where(ContextItems.IsUsersOwn), HistoryItem.NewMessage("user", Text(payload, "message") ?? "")];
        _items.Clear();
        _items.AddRange(now);
    }

    private void Count(JsonElement payload)
    {
        if (!payload.TryGetProperty("info", out var info) || info.ValueKind != JsonValueKind.Object)
            return;
        if (info.TryGetProperty("total_token_usage", out var total) && total.ValueKind == JsonValueKind.Object)
            _total = new TokenUsage(Number(total, "input_tokens"), Number(total, "cached_input_tokens"), Number(total, "output_tokens"), Number(total, "reasoning_output_tokens"));
        if (Number(info, "model_context_window") is > 0 and <= int.MaxValue and var window)
            _window = (int)window;
    }

    private void RollBack(long turns)
    {
        for (var i = _items.Count - 1; i >= 0 && turns > 0; i--)
        {
            if (ContextItems.IsUsersOwn(_items[i]) && --turns == 0)
                _items.RemoveRange(i, _items.Count - i);
        }
    }

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
