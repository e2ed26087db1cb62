using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate;

/// <summary>Collects the events of one call into the machine and hands out every number and id, so that each is used once.</summary>
internal sealed class EventLog(string responseId)
{
    private readonly List<ResponsesEvent> _events = [];
    private readonly string _idStem = responseId.StartsWith("resp_", StringComparison.Ordinal) ? responseId[5..] : responseId;
    private readonly SortedList<int, OutputItem> _finished = [];
    private int _sequence;
    private int _outputIndex;
    private int _callIds;

    /// <summary>What the model wrote wrongly and was mended, a sentence each.</summary>
    public List<string> Repairs { get; } = [];

    public ReadOnlySpan<ResponsesEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>Whether any item was opened.</summary>
    public bool HasItems => _outputIndex > 0;

    /// <summary>Every item that had its <c>done</c>, by output index whatever the order they were closed in.</summary>
    public ImmutableArray<OutputItem> Finished => [.. _finished.Values];

    public void Clear() => _events.Clear();

    public void Add(ResponsesEvent e) => _events.Add(e);

    public void Finish(int outputIndex, OutputItem item)
    {
        _finished.Add(outputIndex, item);
        Add(new ResponsesEvent.OutputItemDone(NextSequence(), outputIndex, item));
    }

    /// <summary>The number the next event gets.</summary>
    public int Sequence => _sequence;

    public int NextSequence() => _sequence++;

    /// <summary>Goes on with the numbers of an answer that was begun before.</summary>
    public void ContinueAt(int sequence) => _sequence = sequence;

    /// <summary>One counter for items of every kind: a reused index makes clients lose tool calls (symptom 5).</summary>
    public int NextOutputIndex() => _outputIndex++;

    /// <summary>Codex replays an id only if it is prefixed by the item's kind; bare ids stall it (symptom 37).</summary>
    public string ItemId(string prefix, int outputIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{_idStem}{outputIndex:x4}");

    /// <summary>A call id for a backend that sent none or repeated one.</summary>
    public string NextCallId() => string.Create(CultureInfo.InvariantCulture, $"call_{_idStem}{_callIds++:x4}");
}
