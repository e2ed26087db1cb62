using System.Text.Json.Nodes;

namespace Codex.Translation.Tests.Translate.Request;

/// <summary>Turns numbers into input items: any order, repeated ids, calls and outputs with and without each other.</summary>
internal sealed class RandomHistory
{
    private const string Picture = "data:image/png;base64,iVBORw0KGgo=";

    private readonly string _idPrefix;
    private readonly List<string> _unanswered = [];
    private int _texts;

    /// <param name="idPrefix">Histories with different prefixes share no call id.</param>
    public RandomHistory(string idPrefix) => _idPrefix = idPrefix;

    public JsonArray Items { get; } = [];

    /// <summary>Words of messages and outputs; each must be found exactly once in the chat.</summary>
    public List<string> Words { get; } = [];

    public static JsonObject Tool(string name) => new() { ["type"] = "function", ["name"] = name, ["parameters"] = new JsonObject() };

    public RandomHistory AddAll(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
            Add(Math.Abs((long)number));
        return this;
    }

    public RandomHistory AddUser()
    {
        Items.Add(Message("user", "input_text"));
        return this;
    }

    /// <summary>Answers every call that has no output yet.</summary>
    public RandomHistory Finish()
    {
        foreach (var id in _unanswered.ToArray())
            AddOutput("function_call_output", id, Text("o"));
        return this;
    }

    private void Add(long number)
    {
        var id = _idPrefix + (number / 16 % 4);
        switch (number % 16)
        {
            case 0 or 1:
                AddUser();
                break;
            case 2 or 3:
                Items.Add(Message("assistant", "output_text"));
                break;
            case 4:
                Items.Add(Message("developer", "input_text"));
                break;
            case 5:
                Items.Add(new JsonObject { ["type"] = "reasoning", ["summary"] = new JsonArray(Part("summary_text", "thought")) });
                break;
            case 6 or 7:
                AddCall(new JsonObject { ["type"] = "function_call", ["name"] = "tool" + (number % 3), ["arguments"] = number % 5 == 0 ? "{broken" : "{\"a\":1}" }, id);
                break;
            case 8:
                AddCall(new JsonObject { ["type"] = "custom_tool_call", ["name"] = "patch", ["input"] = "*** Begin" }, id);
                break;
            case 9 or 10 or 11:
                AddOutput("function_call_output", id, Text("o"));
                break;
            case 12:
                AddOutput("custom_tool_call_output", id, new JsonArray(Part("input_text", Text("o")), new JsonObject { ["type"] = "input_image", ["image_url"] = Picture }));
                break;
            case 13:
                Items.Add(new JsonObject { ["type"] = "message", ["role"] = "user", ["content"] = number / 16 % 2 == 0 ? "" : new JsonArray() });
                break;
            case 14:
                Items.Add(new JsonObject { ["type"] = number % 3 == 0 ? "compaction" : "web_search_call", ["encrypted_content"] = "foreign" });
                break;
            default:
                Items.Add(new JsonObject { ["type"] = "additional_tools", ["tools"] = new JsonArray(Tool("été " + id), Tool(new string('x', 70) + id)) });
                break;
        }
    }

    private void AddCall(JsonObject call, string id)
    {
        call["call_id"] = id;
        _unanswered.Add(id);
        Items.Add(call);
    }

    private void AddOutput(string type, string id, JsonNode output)
    {
        _unanswered.Remove(id);
        Items.Add(new JsonObject { ["type"] = type, ["call_id"] = id, ["output"] = output });
    }

    private JsonObject Message(string role, string part) =>
        new() { ["type"] = "message", ["role"] = role, ["content"] = new JsonArray(Part(part, Text(role))) };

    private static JsonObject Part(string type, string text) => new() { ["type"] = type, ["text"] = text };

    private string Text(string kind)
    {
        var text = $"<{_idPrefix}{kind}{_texts++}>";
        Words.Add(text);
        return text;
    }
}
