using System.Text;
using Codex.Translation.Chat;
using Codex.Translation.Translate.Items;

namespace Codex.Translation.Translate;

/// <summary>
/// Puts the pieces of tool calls together. Backends key them by index, by id, by position, or by nothing at all; ids
/// drift, indexes repeat, names come late or again (symptoms 19, 20).
/// </summary>
internal sealed class ToolCallAssembler(EventLog log, ToolMap tools)
{
    private readonly List<PartialCall> _calls = [];
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);

    public int Count => _calls.Count;

    /// <summary>True when a call never got a name: it cannot be run, and dropping it would end the turn as if all was well.</summary>
    public bool HasNamelessCall => _calls.Exists(c => c.Builder is null);

    /// <summary>True when a call's free text was begun and never closed.</summary>
    public bool HasHalfCall => _calls.Exists(c => c.Builder is { IsHalf: true });

    public void Add(ToolCallDelta delta, int deltasInChunk)
    {
        var call = Find(delta, deltasInChunk);
        if (call is null)
        {
            // Some backends end their calls with an entry that says nothing.
            if (delta is { Id: null, Name: null, Arguments: null or "" })
                return;
            call = new PartialCall();
            _calls.Add(call);
        }

        call.Index ??= delta.Index;
        call.Id ??= delta.Id;
        call.Position = delta.Position;
        if (call.Builder is null && delta.Name is { } name)
        {
            call.Name = name;
            call.Builder = Open(call.Id, name);
            if (call.Waiting is { Length: > 0 } waiting)
                call.Builder.Append(waiting.ToString());
        }

        if (delta.Arguments is not { Length: > 0 } arguments)
            return;
        call.HasArguments = true;
        if (call.Builder is not null)
            call.Builder.Append(arguments);
        else
            (call.Waiting ??= new StringBuilder()).Append(arguments);
    }

    /// <summary>A whole call that stood in the text.</summary>
    public void AddWhole(string name, string arguments)
    {
        var builder = Open(id: null, name);
        log.Repairs.Add($"A call to '{name}' stood in the text and was made a tool call.");
        builder.Append(arguments);
        _calls.Add(new PartialCall { Name = name, Builder = builder });
    }

    /// <param name="withholdCut">A call that is not whole gets no <c>done</c>.</param>
    public void CloseAll(bool cut, bool withholdCut)
    {
        foreach (var call in _calls)
        {
            if (cut && withholdCut && call.Builder is not { IsWhole: true })
                continue;
            call.Builder?.Close(cut);
        }
    }

    private PartialCall? Find(ToolCallDelta delta, int deltasInChunk)
    {
        if (delta.Id is { } id && (_calls.FindLast(c => c.Id == id && c.Index == delta.Index) ?? _calls.FindLast(c => c.Id == id)) is { } byId)
            return StartsAnew(byId, delta) ? null : byId;
        if (delta.Index is { } index)
        {
            // The last call of an index: several whole calls may share one.
            var byIndex = _calls.FindLast(c => c.Index == index);
            return byIndex is null || StartsAnew(byIndex, delta) ? null : byIndex;
        }

        if (_calls.Count == 0 || (delta.Id is not null && delta.Name is not null))
            return null;
        var byPosition = deltasInChunk > 1 ? _calls.FindLast(c => c.Position == delta.Position) : _calls[^1];
        return byPosition is null || StartsAnew(byPosition, delta) ? null : byPosition;
    }

    /// <summary>
    /// Whether a piece that seems to belong to <paramref name="call"/> begins another: it names a different tool, or
    /// it names a tool again and brings arguments though the call is complete, or it has both a name and an id of its own.
    /// </summary>
    private static bool StartsAnew(PartialCall call, ToolCallDelta delta)
    {
        if (delta.Name is null || call.Name is null)
            return false;
        if (delta.Name != call.Name)
            return true;
        var whole = call.Builder is { IsWhole: true };
        // Another id with a name is another call, unless this one stands in the middle of its arguments: then the id drifts.
        var otherId = delta.Id is not null && call.Id is not null && delta.Id != call.Id;
        return otherId ? whole || !call.HasArguments : whole && delta.Arguments is { Length: > 0 };
    }

    private ToolCallBuilder Open(string? id, string name)
    {
        // An id that came before would pair two calls with one output, so the second gets one of ours.
        var callId = id is not null && _callIds.Add(id) ? id : log.NextCallId();
        var binding = ToolNameMatch.Find(tools, name);
        if (binding is not null && binding.WireName != name)
            log.Repairs.Add($"The model called '{name}', which was taken for '{binding.WireName}'.");
        return binding?.Kind switch
        {
            ToolKind.Custom => new CustomCallBuilder(log, callId, binding.Name, binding.Namespace),
            ToolKind.ToolSearch or ToolKind.LocalShell => new ObjectCallBuilder(log, binding.Kind, callId, binding.Name),
            ToolKind.Function => new FunctionCallBuilder(log, callId, binding.Name, binding.Namespace),
            // An unknown name goes out as it is: the client then tells the model that there is no such tool.
            null => new FunctionCallBuilder(log, callId, ToolNameMatch.WithoutMarkers(name), ns: null),
            _ => throw new InvalidOperationException($"No such tool kind: {binding.Kind}"),
        };
    }

    private sealed class PartialCall
    {
        public int? Index { get; set; }

        public string? Id { get; set; }

        public string? Name { get; set; }

        public int Position { get; set; }

        public bool HasArguments { get; set; }

        public StringBuilder? Waiting { get; set; }

        public ToolCallBuilder? Builder { get; set; }
    }
}
