using System.Buffers;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>Writes events as server-sent events. One instance per stream: it reuses its JSON writer.</summary>
public sealed class ResponsesEventWriter : IDisposable
{
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(1), WireJson.Options);
    private readonly DeltaEventWriter _delta;

    public ResponsesEventWriter() => _delta = new DeltaEventWriter(_json);

    public void Dispose() => _json.Dispose();

    /// <summary>Appends <c>event:</c>, <c>data:</c> and the blank line without which clients lose the event.</summary>
    public void Write(ResponsesEvent e, IBufferWriter<byte> output)
    {
        if (WriteDelta(e, output))
            return;
        output.Write("event: "u8);
        output.Write(TypeOf(e));
        output.Write("\ndata: "u8);
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("type"u8, TypeOf(e));
        _json.WriteNumber("sequence_number"u8, e.SequenceNumber);
        WriteFields(e);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }

    /// <summary>The event's name on the wire.</summary>
    public static ReadOnlySpan<byte> TypeOf(ResponsesEvent e) => e switch
    {
        ResponsesEvent.OutputTextDelta => "response.output_text.delta"u8,
        ResponsesEvent.ReasoningSummaryTextDelta => "response.reasoning_summary_text.delta"u8,
        ResponsesEvent.FunctionCallArgumentsDelta => "response.function_call_arguments.delta"u8,
        ResponsesEvent.CustomToolCallInputDelta => "response.custom_tool_call_input.delta"u8,
        ResponsesEvent.Created => "response.created"u8,
        ResponsesEvent.InProgress => "response.in_progress"u8,
        ResponsesEvent.Completed => "response.completed"u8,
        ResponsesEvent.Incomplete => "response.incomplete"u8,
        ResponsesEvent.Failed => "response.failed"u8,
        ResponsesEvent.OutputItemAdded => "response.output_item.added"u8,
        ResponsesEvent.OutputItemDone => "response.output_item.done"u8,
        ResponsesEvent.ContentPartAdded => "response.content_part.added"u8,
        ResponsesEvent.ContentPartDone => "response.content_part.done"u8,
        ResponsesEvent.OutputTextDone => "response.output_text.done"u8,
        ResponsesEvent.RefusalDelta => "response.refusal.delta"u8,
        ResponsesEvent.RefusalDone => "response.refusal.done"u8,
        ResponsesEvent.ReasoningSummaryPartAdded => "response.reasoning_summary_part.added"u8,
        ResponsesEvent.ReasoningSummaryPartDone => "response.reasoning_summary_part.done"u8,
        ResponsesEvent.ReasoningSummaryTextDone => "response.reasoning_summary_text.done"u8,
        ResponsesEvent.ReasoningTextDelta => "response.reasoning_text.delta"u8,
        ResponsesEvent.ReasoningTextDone => "response.reasoning_text.done"u8,
        ResponsesEvent.FunctionCallArgumentsDone => "response.function_call_arguments.done"u8,
        ResponsesEvent.CustomToolCallInputDone => "response.custom_tool_call_input.done"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(e), e, message: null),
    };

    private bool WriteDelta(ResponsesEvent e, IBufferWriter<byte> output)
    {
        switch (e)
        {
            case ResponsesEvent.OutputTextDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex, d.Delta, ",\"logprobs\":[]}\n\n"u8, output);
                return true;
            case ResponsesEvent.ReasoningSummaryTextDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, "summary_index"u8, d.SummaryIndex, d.Delta, "}\n\n"u8, output);
                return true;
            case ResponsesEvent.ReasoningTextDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex, d.Delta, "}\n\n"u8, output);
                return true;
            case ResponsesEvent.RefusalDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex, d.Delta, "}\n\n"u8, output);
                return true;
            case ResponsesEvent.FunctionCallArgumentsDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, default, index: null, d.Delta, "}\n\n"u8, output);
                return true;
            case ResponsesEvent.CustomToolCallInputDelta d:
                _delta.Write(e, d.ItemId, d.OutputIndex, default, index: null, d.Delta, "}\n\n"u8, output);
                return true;
            default:
                return false;
        }
    }

    private void WriteFields(ResponsesEvent e)
    {
        switch (e)
        {
            case ResponsesEvent.Created c:
                WriteResponse(c.Response);
                break;
            case ResponsesEvent.InProgress p:
                WriteResponse(p.Response);
                break;
            case ResponsesEvent.Completed c:
                WriteResponse(c.Response);
                break;
            case ResponsesEvent.Incomplete i:
                WriteResponse(i.Response);
                break;
            case ResponsesEvent.Failed f:
                WriteResponse(f.Response);
                break;
            case ResponsesEvent.OutputItemAdded a:
                WriteItem(a.OutputIndex, a.Item);
                break;
            case ResponsesEvent.OutputItemDone d:
                WriteItem(d.OutputIndex, d.Item);
                break;
            case ResponsesEvent.ContentPartAdded a:
                WritePlace(a.ItemId, a.OutputIndex, "content_index"u8, a.ContentIndex);
                WritePart(a.Part);
                break;
            case ResponsesEvent.ContentPartDone d:
                WritePlace(d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex);
                WritePart(d.Part);
                break;
            case ResponsesEvent.OutputTextDone d:
                WritePlace(d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex);
                _json.WriteString("text"u8, d.Text);
                WriteNoLogprobs();
                break;
            case ResponsesEvent.RefusalDone d:
                WritePlace(d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex);
                _json.WriteString("refusal"u8, d.Refusal);
                break;
            case ResponsesEvent.ReasoningSummaryPartAdded a:
                WritePlace(a.ItemId, a.OutputIndex, "summary_index"u8, a.SummaryIndex);
                WriteSummaryPart("");
                break;
            case ResponsesEvent.ReasoningSummaryPartDone d:
                WritePlace(d.ItemId, d.OutputIndex, "summary_index"u8, d.SummaryIndex);
                WriteSummaryPart(d.Text);
                break;
            case ResponsesEvent.ReasoningSummaryTextDone d:
                WritePlace(d.ItemId, d.OutputIndex, "summary_index"u8, d.SummaryIndex);
                _json.WriteString("text"u8, d.Text);
                break;
            case ResponsesEvent.ReasoningTextDone d:
                WritePlace(d.ItemId, d.OutputIndex, "content_index"u8, d.ContentIndex);
                _json.WriteString("text"u8, d.Text);
                break;
            case ResponsesEvent.FunctionCallArgumentsDone d:
                WritePlace(d.ItemId, d.OutputIndex);
                _json.WriteString("name"u8, d.Name);
                _json.WriteString("arguments"u8, d.Arguments);
                break;
            case ResponsesEvent.CustomToolCallInputDone d:
                WritePlace(d.ItemId, d.OutputIndex);
                _json.WriteString("input"u8, d.Input);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e, message: null);
        }
    }

    private void WriteResponse(ResponseObject response)
    {
        _json.WritePropertyName("response"u8);
        ResponseObjectWriter.Write(_json, response);
    }

    private void WriteItem(int outputIndex, OutputItem item)
    {
        _json.WriteNumber("output_index"u8, outputIndex);
        _json.WritePropertyName("item"u8);
        OutputItemWriter.Write(_json, item);
    }

    private void WritePart(OutputPart part)
    {
        _json.WritePropertyName("part"u8);
        OutputItemWriter.WritePart(_json, part);
    }

    private void WriteSummaryPart(string text)
    {
        _json.WriteStartObject("part"u8);
        _json.WriteString("type"u8, "summary_text"u8);
        _json.WriteString("text"u8, text);
        _json.WriteEndObject();
    }

    private void WriteNoLogprobs()
    {
        _json.WriteStartArray("logprobs"u8);
        _json.WriteEndArray();
    }

    private void WritePlace(string itemId, int outputIndex)
    {
        _json.WriteString("item_id"u8, itemId);
        _json.WriteNumber("output_index"u8, outputIndex);
    }

    private void WritePlace(string itemId, int outputIndex, ReadOnlySpan<byte> indexKey, int index)
    {
        WritePlace(itemId, outputIndex);
        _json.WriteNumber(indexKey, index);
    }
}
