using System.Text;
using System.Text.Json;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>Follows the events of one item: each opened part is closed once, and deltas joined are what is done.</summary>
internal sealed class ItemProtocol
{
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["message"] = "msg_",
        ["reasoning"] = "rs_",
        ["function_call"] = "fc_",
        ["custom_tool_call"] = "ctc_",
        ["tool_search_call"] = "tsc_",
        ["local_shell_call"] = "lsh_",
        ["compaction"] = "cmp_",
    };

    private readonly JsonElement _added;
    private readonly string _type;
    private readonly StringBuilder _text = new();
    private readonly List<JsonElement> _parts = [];
    private string? _open;
    private bool _textIsDone;
    private string? _wholeText;

    public ItemProtocol(JsonElement added)
    {
        _added = added;
        _type = added.GetProperty("type").GetString()!;
        Id = added.GetProperty("id").GetString()!;
        Prefixes.ShouldContainKey(_type);
        Id.ShouldStartWith(Prefixes[_type]);
        if (_type != "compaction")
            added.GetProperty("status").GetString().ShouldBe("in_progress");
    }

    public string Id { get; }

    public JsonElement? Done { get; private set; }

    public bool IsCall => _type.EndsWith("_call", StringComparison.Ordinal);

    public string? Status => Done is { } done && done.TryGetProperty("status", out var status) ? status.GetString() : null;

    public void Take(SseEvent e)
    {
        Done.ShouldBeNull($"{e.Type} after {Id} was done");
        if (e.Type == "response.output_item.done")
        {
            Finish(e.Data.GetProperty("item"));
            return;
        }

        e.Text("item_id").ShouldBe(Id);
        switch (e.Type["response.".Length..])
        {
            case "content_part.added":
                Open(e, "content_index", e.Data.GetProperty("part").GetProperty("type").GetString()!);
                break;
            case "reasoning_summary_part.added":
                Open(e, "summary_index", "summary_text");
                break;
            case "output_text.delta":
                Delta(e, "content_index", "output_text");
                break;
            case "refusal.delta":
                Delta(e, "content_index", "refusal");
                break;
            case "reasoning_text.delta":
                Delta(e, "content_index", "reasoning_text");
                break;
            case "reasoning_summary_text.delta":
                Delta(e, "summary_index", "summary_text");
                break;
            case "output_text.done" or "reasoning_text.done":
                TextDone(e, "content_index", "text");
                break;
            case "refusal.done":
                TextDone(e, "content_index", "refusal");
                break;
            case "reasoning_summary_text.done":
                TextDone(e, "summary_index", "text");
                break;
            case "content_part.done":
                ClosePart(e, "content_index");
                break;
            case "reasoning_summary_part.done":
                ClosePart(e, "summary_index");
                break;
            case "function_call_arguments.delta" when _type == "function_call":
            case "custom_tool_call_input.delta" when _type == "custom_tool_call":
                _wholeText.ShouldBeNull();
                _text.Append(NonEmptyDelta(e));
                break;
            case "function_call_arguments.done" when _type == "function_call":
                e.Text("name").ShouldBe(_added.GetProperty("name").GetString());
                ArgumentsDone(e.Text("arguments"));
                break;
            case "custom_tool_call_input.done" when _type == "custom_tool_call":
                ArgumentsDone(e.Text("input"));
                break;
            default:
                throw new InvalidDataException($"{e.Type} does not belong to {Id}.");
        }
    }

    private static string NonEmptyDelta(SseEvent e)
    {
        e.Text("delta").ShouldNotBeEmpty();
        return e.Text("delta");
    }

    private void Open(SseEvent e, string indexKey, string kind)
    {
        _open.ShouldBeNull($"two parts of {Id} are open at once");
        e.Number(indexKey).ShouldBe(_parts.Count);
        kind.ShouldBeOneOf(_type == "message" ? ["output_text", "refusal"] : ["reasoning_text", "summary_text"]);
        _open = kind;
        _textIsDone = false;
        _text.Clear();
    }

    private void Delta(SseEvent e, string indexKey, string kind)
    {
        _open.ShouldBe(kind, $"a delta of {Id} without its part");
        _textIsDone.ShouldBeFalse();
        e.Number(indexKey).ShouldBe(_parts.Count);
        _text.Append(NonEmptyDelta(e));
    }

    private void TextDone(SseEvent e, string indexKey, string key)
    {
        _open.ShouldNotBeNull();
        _textIsDone.ShouldBeFalse();
        e.Number(indexKey).ShouldBe(_parts.Count);
        e.Text(key).ShouldBe(_text.ToString());
        _textIsDone = true;
    }

    private void ClosePart(SseEvent e, string indexKey)
    {
        _textIsDone.ShouldBeTrue();
        e.Number(indexKey).ShouldBe(_parts.Count);
        var part = e.Data.GetProperty("part");
        part.GetProperty("type").GetString().ShouldBe(_open);
        part.GetProperty(_open == "refusal" ? "refusal" : "text").GetString().ShouldBe(_text.ToString());
        _parts.Add(part);
        _open = null;
    }

    private void ArgumentsDone(string whole)
    {
        _wholeText.ShouldBeNull();
        whole.ShouldBe(_text.ToString());
        _wholeText = whole;
    }

    private void Finish(JsonElement item)
    {
        _open.ShouldBeNull($"a part of {Id} is still open");
        foreach (var key in (ReadOnlySpan<string>)["type", "id", "call_id", "name", "namespace", "role"])
        {
            item.TryGetProperty(key, out var now).ShouldBe(_added.TryGetProperty(key, out var before));
            if (now.ValueKind != JsonValueKind.Undefined)
                now.GetString().ShouldBe(before.GetString());
        }

        switch (_type)
        {
            case "message":
                PartsShouldBe(item.GetProperty("content"));
                _parts.ShouldNotBeEmpty();
                break;
            case "reasoning":
                var raw = item.TryGetProperty("content", out var content) && content.GetArrayLength() > 0;
                PartsShouldBe(raw ? content : item.GetProperty("summary"));
                break;
            case "function_call":
                item.GetProperty("arguments").GetString().ShouldBe(_wholeText.ShouldNotBeNull());
                break;
            case "custom_tool_call":
                item.GetProperty("input").GetString().ShouldBe(_wholeText.ShouldNotBeNull());
                break;
        }

        if (_type != "compaction")
            item.GetProperty("status").GetString().ShouldBeOneOf("completed", "incomplete");
        Done = item;
    }

    private void PartsShouldBe(JsonElement parts)
    {
        parts.GetArrayLength().ShouldBe(_parts.Count);
        foreach (var (inItem, inEvent) in parts.EnumerateArray().Zip(_parts))
            JsonElement.DeepEquals(inItem, inEvent).ShouldBeTrue($"{inItem} differs from {inEvent}");
    }
}
