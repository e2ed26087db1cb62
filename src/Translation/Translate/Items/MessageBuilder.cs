using System.Collections.Immutable;
using System.Text;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>An answer's message: text parts and refusals in the order they came.</summary>
internal sealed class MessageBuilder : ItemBuilder
{
    private readonly EventLog _log;
    private readonly string _id;
    private readonly int _outputIndex;
    private readonly ImmutableArray<OutputPart>.Builder _parts = ImmutableArray.CreateBuilder<OutputPart>(1);
    private readonly StringBuilder _text = new();
    private PartKind _open;

    public MessageBuilder(EventLog log)
    {
        _log = log;
        _outputIndex = log.NextOutputIndex();
        _id = log.ItemId("msg", _outputIndex);
        log.Add(new ResponsesEvent.OutputItemAdded(
            log.NextSequence(), _outputIndex, new OutputItem.Message(_id, ItemStatus.InProgress, [])));
    }

    private enum PartKind
    {
        None,
        Text,
        Refusal,
    }

    public void AppendText(string delta)
    {
        Open(PartKind.Text);
        _text.Append(delta);
        _log.Add(new ResponsesEvent.OutputTextDelta(_log.NextSequence(), _id, _outputIndex, _parts.Count, delta));
    }

    public void AppendRefusal(string delta)
    {
        Open(PartKind.Refusal);
        _text.Append(delta);
        _log.Add(new ResponsesEvent.RefusalDelta(_log.NextSequence(), _id, _outputIndex, _parts.Count, delta));
    }

    public override void Close(bool cut)
    {
        ClosePart();
        var item = new OutputItem.Message(_id, cut ? ItemStatus.Incomplete : ItemStatus.Completed, _parts.ToImmutable());
        _log.Finish(_outputIndex, item);
    }

    private void Open(PartKind kind)
    {
        if (_open == kind)
            return;
        ClosePart();
        _open = kind;
        OutputPart empty = kind == PartKind.Text ? new OutputPart.Text("") : new OutputPart.Refusal("");
        _log.Add(new ResponsesEvent.ContentPartAdded(_log.NextSequence(), _id, _outputIndex, _parts.Count, empty));
    }

    private void ClosePart()
    {
        if (_open == PartKind.None)
            return;
        var whole = _text.ToString();
        var index = _parts.Count;
        OutputPart part = _open == PartKind.Text ? new OutputPart.Text(whole) : new OutputPart.Refusal(whole);
        _log.Add(_open == PartKind.Text
            ? new ResponsesEvent.OutputTextDone(_log.NextSequence(), _id, _outputIndex, index, whole)
            : new ResponsesEvent.RefusalDone(_log.NextSequence(), _id, _outputIndex, index, whole));
        _log.Add(new ResponsesEvent.ContentPartDone(_log.NextSequence(), _id, _outputIndex, index, part));
        _parts.Add(part);
        _text.Clear();
        _open = PartKind.None;
    }
}
