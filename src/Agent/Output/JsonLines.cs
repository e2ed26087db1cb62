using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;

namespace Codex.Agent.Output;

/// <summary>Writes events as Codex's <c>exec --json</c> does: one object a line, keys in its order.</summary>
public static class JsonLines
{
    /// <summary>The line without its end; null for events that only a screen shows.</summary>
    public static string? Line(AgentEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            if (!Write(writer, e))
                return null;
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool Write(Utf8JsonWriter writer, AgentEvent e)
    {
        switch (e)
        {
            case AgentEvent.ThreadStarted started:
                writer.WriteString("type"u8, "thread.started"u8);
                writer.WriteString("thread_id"u8, started.ThreadId);
                return true;
            case AgentEvent.TurnStarted:
                writer.WriteString("type"u8, "turn.started"u8);
                return true;
            case AgentEvent.TurnCompleted completed:
                writer.WriteString("type"u8, "turn.completed"u8);
                WriteUsage(writer, completed.Usage);
                return true;
            case AgentEvent.TurnFailed failed:
                WriteFailure(writer, failed.Message);
                return true;
            case AgentEvent.TurnInterrupted:
                WriteFailure(writer, "interrupted");
                return true;
            case AgentEvent.Trouble trouble:
                writer.WriteString("type"u8, "error"u8);
                writer.WriteString("message"u8, trouble.Message);
                return true;
            case AgentEvent.ItemStarted started:
                WriteItem(writer, "item.started", started.Item);
                return true;
            case AgentEvent.ItemUpdated updated:
                WriteItem(writer, "item.updated", updated.Item);
                return true;
            case AgentEvent.ItemCompleted completed:
                WriteItem(writer, "item.completed", completed.Item);
                return true;
            case AgentEvent.MessageDelta or AgentEvent.ReasoningDelta or AgentEvent.OutputDelta or AgentEvent.ContextMeasured or AgentEvent.Compacted:
                return false;
            default:
                throw new NotSupportedException(e.GetType().Name);
        }
    }

    private static void WriteFailure(Utf8JsonWriter writer, string message)
    {
        writer.WriteString("type"u8, "turn.failed"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, message);
        writer.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter writer, TokenUsage usage)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, usage.Input);
        writer.WriteNumber("cached_input_tokens"u8, usage.CachedInput);
        writer.WriteNumber("cache_write_input_tokens"u8, 0);
        writer.WriteNumber("output_tokens"u8, usage.Output);
        writer.WriteNumber("reasoning_output_tokens"u8, usage.ReasoningOutput);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, string type, ThreadItem item)
    {
        writer.WriteString("type"u8, type);
        writer.WriteStartObject("item"u8);
        writer.WriteString("id"u8, item.Id);
        ThreadItemJson.Write(writer, item);
        writer.WriteEndObject();
    }
}
