using System.Text.Json;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>
/// What holds for every answer whatever the backend sent, checked on the bytes a client receives and without any code
/// of the library.
/// </summary>
/// <param name="withholdsCutItems">The client gets no <c>done</c> for what was cut.</param>
internal sealed class InvariantChecker(bool withholdsCutItems)
{
    private static readonly string[] Terminals = ["response.completed", "response.incomplete", "response.failed"];

    private readonly List<ItemProtocol> _items = [];

    /// <summary>Checks a whole answer and gives its terminal event.</summary>
    public static SseEvent Check(string text, bool withholdsCutItems) =>
        new InvariantChecker(withholdsCutItems).Check(SseEvent.ReadAll(text));

    private SseEvent Check(IReadOnlyList<SseEvent> events)
    {
        events.Count.ShouldBeGreaterThanOrEqualTo(3);
        events[0].Type.ShouldBe("response.created");
        events[1].Type.ShouldBe("response.in_progress");
        events.Count(e => Terminals.Contains(e.Type)).ShouldBe(1, "exactly one terminal event");
        Terminals.ShouldContain(events[^1].Type, "the terminal event is the last");
        for (var i = 0; i < events.Count; i++)
        {
            events[i].Number("sequence_number").ShouldBe(i);
            Follow(events[i]);
        }

        CheckEnd(events[^1]);
        return events[^1];
    }

    private void Follow(SseEvent e)
    {
        if (e.Data.TryGetProperty("response", out var response))
        {
            ResponseObjectRules.Check(e.Type, response);
            return;
        }

        var index = e.Number("output_index");
        if (e.Type == "response.output_item.added")
        {
            index.ShouldBe(_items.Count, "one counter for all items");
            _items.Add(new ItemProtocol(e.Data.GetProperty("item")));
            return;
        }

        index.ShouldBeLessThan(_items.Count, $"{e.Type} of an item that was never added");
        _items[index].Take(e);
    }

    private void CheckEnd(SseEvent terminal)
    {
        var failed = terminal.Type == "response.failed";
        var incomplete = terminal.Type == "response.incomplete";
        foreach (var item in _items.Where(i => i.Done is null))
        {
            withholdsCutItems.ShouldBeTrue($"{item.Id} has no done");
            (failed || (incomplete && item.IsCall)).ShouldBeTrue($"{item.Id} has no done although nothing was cut");
        }

        foreach (var item in _items.Where(i => i is { Done: not null, IsCall: true } && withholdsCutItems))
            (failed || incomplete).ShouldBe((failed || incomplete) && item.Status == "completed", $"{item.Id} was cut, and would be run");

        var done = _items.Where(i => i.Done is not null).Select(i => i.Done!.Value).ToList();
        var output = terminal.Data.GetProperty("response").GetProperty("output").EnumerateArray().ToList();
        output.Count.ShouldBe(done.Count, "the response holds every item that is done");
        foreach (var (inResponse, inEvent) in output.Zip(done))
            JsonElement.DeepEquals(inResponse, inEvent).ShouldBeTrue($"{inResponse} differs from {inEvent}");
        _items.Select(i => i.Id).Distinct().Count().ShouldBe(_items.Count, "ids are unique");
        var callIds = done.Where(d => d.TryGetProperty("call_id", out _)).Select(d => d.GetProperty("call_id").GetString()).ToList();
        callIds.Distinct().Count().ShouldBe(callIds.Count, "call ids are unique");
    }
}
