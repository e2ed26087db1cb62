using System.Text;
using Codex.Translation.Arguments;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>
/// A function call. Arguments are streamed as far as they are sound JSON; from the first fault on they wait for the
/// end, where they are repaired if that can be done in one way only, else passed on as they are (symptom 23).
/// </summary>
internal sealed class FunctionCallBuilder : ToolCallBuilder
{
    private readonly EventLog _log;
    private readonly string _id;
    private readonly string _callId;
    private readonly string _name;
    private readonly string? _namespace;
    private readonly int _outputIndex;
    private readonly StringBuilder _arguments = new();
    private readonly JsonObjectPrefix _prefix = new();
    private int _sent;

    public FunctionCallBuilder(EventLog log, string callId, string name, string? ns)
    {
        _log = log;
        _callId = callId;
        _name = name;
        _namespace = ns;
        _outputIndex = log.NextOutputIndex();
        _id = log.ItemId("fc", _outputIndex);
        log.Add(new ResponsesEvent.OutputItemAdded(log.NextSequence(), _outputIndex, Item(ItemStatus.InProgress, "")));
    }

    public override bool IsWhole => _prefix.IsWhole;

    public override void Append(string fragment)
    {
        if (fragment.Length == 0)
            return;
        _arguments.Append(fragment);
        _prefix.Scan(fragment);
        if (_prefix.SoundLength == _arguments.Length && _sent == _arguments.Length - fragment.Length)
            Send(fragment);
        else if (_prefix.SoundLength > _sent)
            Send(_arguments.ToString(_sent, _prefix.SoundLength - _sent));
    }

    public override void Close(bool cut)
    {
        var raw = _arguments.ToString();
        // A prefix of a JSON object is never itself one, so what a cut leaves can never be executed as arguments.
        var whole = _prefix.IsWhole;
        var final = whole || cut ? raw : Mended(raw);
        // No arguments at all is how many models call a function without parameters.
        if (final != raw && raw.Length > 0)
            _log.Repairs.Add($"The arguments of a call to '{_name}' were no valid JSON object and were mended.");
        if (final.Length > _sent)
            Send(final[_sent..]);
        var status = cut && !whole ? ItemStatus.Incomplete : ItemStatus.Completed;
        _log.Add(new ResponsesEvent.FunctionCallArgumentsDone(_log.NextSequence(), _id, _outputIndex, _name, final));
        _log.Finish(_outputIndex, Item(status, final));
    }

    private string Mended(string raw)
    {
        if (ArgumentRepair.TryRepair(raw) is not { } repaired)
            return raw;
        // Space before the brace went out with it.
        if (_sent > 0)
            repaired = string.Concat(raw.AsSpan(0, raw.Length - raw.AsSpan().TrimStart().Length), repaired);
        // What has been sent cannot be taken back: a repair that would change it comes too late.
        return repaired.AsSpan().StartsWith(raw.AsSpan(0, _sent)) ? repaired : raw;
    }

    private void Send(string delta)
    {
        _sent += delta.Length;
        _log.Add(new ResponsesEvent.FunctionCallArgumentsDelta(_log.NextSequence(), _id, _outputIndex, delta));
    }

    private OutputItem.FunctionCall Item(ItemStatus status, string arguments) =>
        new(_id, status, _callId, _name, _namespace, arguments);
}
