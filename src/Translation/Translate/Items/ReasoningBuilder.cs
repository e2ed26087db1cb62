using System.Text;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>
/// Reasoning of an open model. Goes out as one summary part, the shape every client accepts; as raw text only where
/// the client asked for it.
/// </summary>
internal sealed class ReasoningBuilder : ItemBuilder
{
    private readonly EventLog _log;
    private readonly bool _raw;
    private readonly bool _sealed;
    private readonly string _id;
    private readonly int _outputIndex;
    private readonly StringBuilder _text = new();
    private StringBuilder? _details;
    private bool _open;

    /// <param name="raw">Send <c>reasoning_text</c> instead of summary events.</param>
    /// <param name="seal">The client asked for <c>reasoning.encrypted_content</c>.</param>
    public ReasoningBuilder(EventLog log, bool raw, bool seal)
    {
        _log = log;
        _raw = raw;
        _sealed = seal;
        _outputIndex = log.NextOutputIndex();
        _id = log.ItemId("rs", _outputIndex);
        log.Add(new ResponsesEvent.OutputItemAdded(
            log.NextSequence(),
            _outputIndex,
            new OutputItem.Reasoning(_id, ItemStatus.InProgress, [], Content: null, EncryptedContent: null)));
    }

    public void Append(string delta)
    {
        if (!_open)
        {
            _open = true;
            _log.Add(_raw
                ? new ResponsesEvent.ContentPartAdded(_log.NextSequence(), _id, _outputIndex, ContentIndex: 0, new OutputPart.Reasoning(""))
                : new ResponsesEvent.ReasoningSummaryPartAdded(_log.NextSequence(), _id, _outputIndex, SummaryIndex: 0));
        }

        _text.Append(delta);
        _log.Add(_raw
            ? new ResponsesEvent.ReasoningTextDelta(_log.NextSequence(), _id, _outputIndex, ContentIndex: 0, delta)
            : new ResponsesEvent.ReasoningSummaryTextDelta(_log.NextSequence(), _id, _outputIndex, SummaryIndex: 0, delta));
    }

    /// <param name="entries">Raw JSON entries without brackets.</param>
    public void AppendDetails(string entries)
    {
        _details ??= new StringBuilder();
        if (_details.Length > 0)
            _details.Append(',');
        _details.Append(entries);
    }

    public override void Close(bool cut)
    {
        var text = _text.ToString();
        if (_open && _raw)
        {
            _log.Add(new ResponsesEvent.ReasoningTextDone(_log.NextSequence(), _id, _outputIndex, ContentIndex: 0, text));
            _log.Add(new ResponsesEvent.ContentPartDone(
                _log.NextSequence(), _id, _outputIndex, ContentIndex: 0, new OutputPart.Reasoning(text)));
        }
        else if (_open)
        {
            _log.Add(new ResponsesEvent.ReasoningSummaryTextDone(_log.NextSequence(), _id, _outputIndex, SummaryIndex: 0, text));
            _log.Add(new ResponsesEvent.ReasoningSummaryPartDone(_log.NextSequence(), _id, _outputIndex, SummaryIndex: 0, text));
        }

        var item = new OutputItem.Reasoning(
            _id,
            cut ? ItemStatus.Incomplete : ItemStatus.Completed,
            _open && !_raw ? [text] : [],
            _open && _raw ? text : null,
            _sealed ? ReasoningEnvelope.Seal(text, _details?.ToString()) : null);
        _log.Finish(_outputIndex, item);
    }
}
