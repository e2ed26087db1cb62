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
internal sealed class ObjectCallBuilder(EventLog log, ToolKind kind, string callId, string name) : ToolCallBuilder
{
    /// <summary>As deep as <see cref="ArgumentRepair.IsObject"/> lets through.</summary>
    private static readonly JsonDocumentOptions Nesting = new() { MaxDepth = 128 };

    private readonly StringBuilder _arguments = new();
    private readonly JsonObjectPrefix _prefix = new();

    public override bool IsWhole => _prefix.IsWhole;

    public override void Append(string fragment)
    {
        _arguments.Append(fragment);
        _prefix.Scan(fragment);
    }

    public override void Close(bool cut)
    {
        if (cut && !IsWhole)
            return;
        var raw = _arguments.ToString();
        if (ArgumentRepair.TryRepair(raw) is not { } arguments)
        {
            // As a plain call the client rejects it and the model hears of it; dropped, the turn would end as if all was well.
            var call = new FunctionCallBuilder(log, callId, name, ns: null);
            call.Append(raw);
            call.Close(cut);
            return;
        }

        if (!IsWhole && raw.Length > 0)
            log.Repairs.Add($"The arguments of a call to '{name}' were no valid JSON object and were mended.");
        using var document = JsonDocument.Parse(arguments, Nesting);
        var outputIndex = log.NextOutputIndex();
        var item = Item(outputIndex, document.RootElement);
        log.Add(new ResponsesEvent.OutputItemAdded(log.NextSequence(), outputIndex, item));
        log.Finish(outputIndex, item with { Status = ItemStatus.Completed });
    }

    private OutputItem Item(int outputIndex, JsonElement arguments) => kind switch
    {
        ToolKind.ToolSearch => new OutputItem.ToolSearchCall(log.ItemId("tsc", outputIndex), ItemStatus.InProgress, callId, Written(arguments.WriteTo)),
        ToolKind.LocalShell => new OutputItem.LocalShellCall(
            log.ItemId("lsh", outputIndex), ItemStatus.InProgress, callId, Written(w => WriteAction(w, arguments))),
        ToolKind.Function or ToolKind.Custom => throw new InvalidOperationException("Functions and custom tools stream their input."),
        _ => throw new InvalidOperationException($"No such tool kind: {kind}"),
    };

    /// <summary>On one line, since a line end in it would end the event it is sent in.</summary>
    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary><c>exec</c> with every key its schema requires.</summary>
    private static void WriteAction(Utf8JsonWriter writer, JsonElement arguments)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "exec"u8);
        foreach (var field in arguments.EnumerateObject())
        {
            if (field.NameEquals("type"u8))
                continue;
            if (field.NameEquals("workdir"u8))
                writer.WriteString("working_directory"u8, field.Value.ToString());
            else
                field.WriteTo(writer);
        }

        if (!arguments.TryGetProperty("env"u8, out _))
        {
            writer.WriteStartObject("env"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
