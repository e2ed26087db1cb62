using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>
/// Writes the events that carry one piece of text. They are nearly all of a stream, and from one to the next only the
/// number and the piece differ; the rest is encoded once for each run of them and then copied.
/// </summary>
internal sealed class DeltaEventWriter(Utf8JsonWriter json)
{
    private const int LongestNumber = 11;

    private readonly ArrayBufferWriter<byte> _frame = new(256);
    private int _headLength;
    private Type? _type;
    private string _itemId = "";
    private int? _index;

    /// <param name="indexKey">The name of <paramref name="index"/>; empty for events that have none.</param>
    /// <param name="tail">What follows the text, up to and with the blank line.</param>
    public void Write(
        ResponsesEvent e,
        string itemId,
        int outputIndex,
        ReadOnlySpan<byte> indexKey,
        int? index,
        string delta,
        ReadOnlySpan<byte> tail,
        IBufferWriter<byte> output)
    {
        if (_type != e.GetType() || _itemId != itemId || _index != index)
        {
            (_type, _itemId, _index) = (e.GetType(), itemId, index);
            Encode(ResponsesEventWriter.TypeOf(e), itemId, outputIndex, indexKey, index);
        }

        var frame = _frame.WrittenSpan;
        var span = output.GetSpan(frame.Length + LongestNumber);
        frame[.._headLength].CopyTo(span);
        Utf8Formatter.TryFormat(e.SequenceNumber, span[_headLength..], out var digits);
        frame[_headLength..].CopyTo(span[(_headLength + digits)..]);
        output.Advance(frame.Length + digits);
        json.Reset(output);
        json.WriteStringValue(delta);
        json.Flush();
        output.Write(tail);
    }

    private void Encode(ReadOnlySpan<byte> name, string itemId, int outputIndex, ReadOnlySpan<byte> indexKey, int? index)
    {
        _frame.ResetWrittenCount();
        _frame.Write("event: "u8);
        _frame.Write(name);
        _frame.Write("\ndata: {\"type\":\""u8);
        _frame.Write(name);
        _frame.Write("\",\"sequence_number\":"u8);
        _headLength = _frame.WrittenCount;
        _frame.Write(",\"item_id\":\""u8);
        _frame.Write(JsonEncodedText.Encode(itemId, WireJson.Options.Encoder).EncodedUtf8Bytes);
        _frame.Write("\",\"output_index\":"u8);
        WriteNumber(outputIndex);
        if (index is { } number)
        {
            _frame.Write(",\""u8);
            _frame.Write(indexKey);
            _frame.Write("\":"u8);
            WriteNumber(number);
        }

        _frame.Write(",\"delta\":"u8);
    }

    private void WriteNumber(int number)
    {
        Utf8Formatter.TryFormat(number, _frame.GetSpan(LongestNumber), out var digits);
        _frame.Advance(digits);
    }
}
