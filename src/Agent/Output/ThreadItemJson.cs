using System.Text.Json;
using Codex.Agent.Events;

namespace Codex.Agent.Output;

/// <summary>The fields of each kind of item, behind its id.</summary>
internal static class ThreadItemJson
{
    public static void Write(Utf8JsonWriter writer, ThreadItem item)
    {
        switch (item)
        {
            case ThreadItem.AgentMessage message:
                writer.WriteString("type"u8, "agent_message"u8);
                writer.WriteString("text"u8, message.Text);
                break;
            case ThreadItem.Reasoning reasoning:
                writer.WriteString("type"u8, "reasoning"u8);
                writer.WriteString("text"u8, reasoning.Text);
                break;
            case ThreadItem.CommandExecution command:
                WriteCommand(writer, command);
                break;
            case ThreadItem.FileChange change:
                WriteChange(writer, change);
                break;
            case ThreadItem.McpToolCall call:
                WriteMcp(writer, call);
                break;
            case ThreadItem.TodoList list:
                WriteTodo(writer, list);
                break;
            case ThreadItem.Notice notice:
                writer.WriteString("type"u8, "error"u8);
                writer.WriteString("message"u8, notice.Message);
                break;
            default:
                throw new NotSupportedException(item.GetType().Name);
        }
    }

    private static void WriteCommand(Utf8JsonWriter writer, ThreadItem.CommandExecution command)
    {
        writer.WriteString("type"u8, "command_execution"u8);
        writer.WriteString("command"u8, command.Command);
        writer.WriteString("aggregated_output"u8, command.Output);
        if (command.ExitCode is { } code)
            writer.WriteNumber("exit_code"u8, code);
        else
            writer.WriteNull("exit_code"u8);
        writer.WriteString("status"u8, Status(command.Status));
    }

    private static void WriteChange(Utf8JsonWriter writer, ThreadItem.FileChange change)
    {
        writer.WriteString("type"u8, "file_change"u8);
        writer.WriteStartArray("changes"u8);
        foreach (var file in change.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, file.Path);
            writer.WriteString("kind"u8, Kind(file.Kind));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("status"u8, Status(change.Status));
    }

    private static void WriteMcp(Utf8JsonWriter writer, ThreadItem.McpToolCall call)
    {
        writer.WriteString("type"u8, "mcp_tool_call"u8);
        writer.WriteString("server"u8, call.Server);
        writer.WriteString("tool"u8, call.Tool);
        writer.WritePropertyName("arguments"u8);
        call.Arguments.WriteTo(writer);
        writer.WritePropertyName("result"u8);
        if (call.Result is { } result)
            result.WriteTo(writer);
        else
            writer.WriteNullValue();
        if (call.Error is { } error)
        {
            writer.WriteStartObject("error"u8);
            writer.WriteString("message"u8, error);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("error"u8);
        }

        writer.WriteString("status"u8, Status(call.Status));
    }

    private static void WriteTodo(Utf8JsonWriter writer, ThreadItem.TodoList list)
    {
        writer.WriteString("type"u8, "todo_list"u8);
        writer.WriteStartArray("items"u8);
        foreach (var todo in list.Items)
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, todo.Text);
            writer.WriteBoolean("completed"u8, todo.Completed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Status(ItemStatus status) => status switch
    {
        ItemStatus.InProgress => "in_progress",
        ItemStatus.Completed => "completed",
        ItemStatus.Failed => "failed",
        ItemStatus.Declined => "declined",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    private static string Kind(ChangeKind kind) => kind switch
    {
        ChangeKind.Add => "add",
        ChangeKind.Delete => "delete",
        ChangeKind.Update => "update",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
