using Codex.Translation.Arguments;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>
/// A custom tool's call: its function wrapper is taken off while it arrives, and the client sees raw input
/// (symptom 16). What is no wrapper goes out as it is, so that the tool itself rejects it.
/// </summary>
internal sealed class CustomCallBuilder : ToolCallBuilder
{
    private readonly EventLog _log;
    private readonly string _id;
    private readonly string _callId;
    private readonly string _name;
    private readonly string? _namespace;
    private readonly int _outputIndex;
    private readonly WrappedInput _input = new();
    private int _sent;

    public CustomCallBuilder(EventLog log, string callId, string name, string? ns)
    {
        _log = log;
        _callId = callId;
        _name = name;
        _namespace = ns;
        _outputIndex = log.NextOutputIndex();
        _id = log.ItemId("ctc", _outputIndex);
        log.Add(new ResponsesEvent.OutputItemAdded(log.NextSequence(), _outputIndex, Item(ItemStatus.InProgress, "")));
    }

    public override bool IsWhole => _input.IsWhole;

    public override bool IsHalf => _input.IsInText;

    public override void Append(string fragment)
    {
        _input.Append(fragment);
        Send(_input.Decoded.ToString(_sent, _input.Decoded.Length - _sent));
    }

    public override void Close(bool cut)
    {
        var final = _input.IsWhole || cut ? _input.Decoded.ToString() : Found();
        Send(final[_sent..]);
        _log.Add(new ResponsesEvent.CustomToolCallInputDone(_log.NextSequence(), _id, _outputIndex, final));
        _log.Finish(_outputIndex, Item(cut && !IsWhole ? ItemStatus.Incomplete : ItemStatus.Completed, final));
    }

    private string Found()
    {
        var decoded = _input.Decoded.ToString();
        // What has been sent cannot be taken back.
        return CustomInput.Find(_input.Raw) is { } found && found.StartsWith(decoded, StringComparison.Ordinal)
            ? found
            : decoded + _input.Undecoded;
    }

    private void Send(string delta)
    {
        if (delta.Length == 0)
            return;
        _sent += delta.Length;
        _log.Add(new ResponsesEvent.CustomToolCallInputDelta(_log.NextSequence(), _id, _outputIndex, delta));
    }

    private OutputItem.CustomToolCall Item(ItemStatus status, string input) =>
        new(_id, status, _callId, _name, _namespace, input);
}
