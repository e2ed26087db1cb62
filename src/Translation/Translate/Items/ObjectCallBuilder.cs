using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Translation.Arguments;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>
/// A call whose arguments the client reads as an object, not as text: tool search and the legacy shell. The protocol
/// has no deltas for these, so the item appears when it is complete, and not at all when it was cut.
/// </summary>
internal sealed class ObjectCallBuilder(EventLog log, ToolKind kind, string callId) : ToolCallBuilder
{
    private readonly StringBuilder _arguments = new();
    private readonly JsonObjectPrefix _prefix = new();

    public override bool IsWhole => _prefix.IsWhole;

    public override void Append(string fragment)
    {
        _arguments.Append(fragment);
        _prefix.Scan(fragment);
    }

    public override OutputItem? Close(bool cut)
    {
        var raw = _arguments.ToString();
        if (cut && !IsWhole)
            return null;
        if (ArgumentRepair.TryRepair(raw) is not { } arguments)
            return null;
        var outputIndex = log.NextOutputIndex();
        var item = Item(outputIndex, ItemStatus.InProgress, arguments);
        log.Add(new ResponsesEvent.OutputItemAdded(log.NextSequence(), outputIndex, item));
        var done = item with { Status = ItemStatus.Completed };
        log.Add(new ResponsesEvent.OutputItemDone(log.NextSequence(), outputIndex, done));
        return done;
    }

    private OutputItem Item(int outputIndex, ItemStatus status, string arguments) => kind switch
    {
        ToolKind.ToolSearch => new OutputItem.ToolSearchCall(log.ItemId("tsc", outputIndex), status, callId, arguments),
        ToolKind.LocalShell => new OutputItem.LocalShellCall(log.ItemId("lsh", outputIndex), status, callId, ShellAction(arguments)),
        ToolKind.Function or ToolKind.Custom => throw new InvalidOperationException("Functions and custom tools stream their input."),
        _ => throw new InvalidOperationException($"No such tool kind: {kind}"),
    };

    /// <summary><c>exec</c> with every key its schema requires.</summary>
    private static string ShellAction(string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var buffer = new ArrayBufferWriter<byte>(arguments.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "exec"u8);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (field.NameEquals("type"u8))
                    continue;
                if (field.NameEquals("workdir"u8))
                    writer.WriteString("working_directory"u8, field.Value.ToString());
                else
                    field.WriteTo(writer);
            }

            if (!document.RootElement.TryGetProperty("env"u8, out _))
            {
                writer.WriteStartObject("env"u8);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
