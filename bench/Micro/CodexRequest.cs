using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Codex.Bench.Micro;

/// <summary>A request of the size Codex sends in the middle of a task: long instructions, a dozen tools, calls and their outputs.</summary>
internal static class CodexRequest
{
    private static readonly string[] Functions =
        ["shell", "update_plan", "view_image", "read_file", "list_dir", "grep_files", "web_fetch", "write_stdin", "wait", "open_page", "ask_user"];

    /// <param name="items">Items of the history: a question, then reasoning, call and output in turn.</param>
    public static byte[] Create(int items) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
    {
        ["model"] = "model",
        ["instructions"] = Prose(12_000),
        ["input"] = new JsonArray([.. Enumerable.Range(0, items).Select(Item)]),
        ["tools"] = new JsonArray([.. Functions.Select(Function), Patch()]),
        ["tool_choice"] = "auto",
        ["parallel_tool_calls"] = true,
        ["reasoning"] = new JsonObject { ["effort"] = "medium", ["summary"] = "auto" },
        ["store"] = false,
        ["stream"] = true,
        ["include"] = new JsonArray("reasoning.encrypted_content"),
        ["prompt_cache_key"] = "019a0000-0000-7000-8000-000000000000",
    });

    private static JsonNode Item(int i) => (i % 4) switch
    {
        0 => new JsonObject
        {
            ["type"] = "message",
            ["role"] = i % 8 == 0 ? "user" : "assistant",
            ["content"] = new JsonArray(new JsonObject { ["type"] = i % 8 == 0 ? "input_text" : "output_text", ["text"] = Prose(600) }),
        },
        1 => new JsonObject
        {
            ["type"] = "reasoning",
            ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = Prose(300) }),
        },
        2 => new JsonObject
        {
            ["type"] = "function_call",
            ["name"] = "shell",
            ["arguments"] = """{"command":["bash","-lc","sed -n 1,200p src/Program.cs"],"workdir":"."}""",
            ["call_id"] = CallId(i),
        },
        _ => new JsonObject { ["type"] = "function_call_output", ["call_id"] = CallId(i - 1), ["output"] = Prose(2_000) },
    };

    private static string CallId(int i) => string.Create(CultureInfo.InvariantCulture, $"call_{i:x16}");

    private static JsonNode Function(string name) => new JsonObject
    {
        ["type"] = "function",
        ["name"] = name,
        ["description"] = Prose(400),
        ["strict"] = false,
        ["parameters"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["command"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["description"] = Prose(80) },
                ["workdir"] = new JsonObject { ["type"] = "string", ["description"] = Prose(80) },
                ["timeout_ms"] = new JsonObject { ["type"] = "number", ["description"] = Prose(80) },
            },
            ["required"] = new JsonArray("command"),
            ["additionalProperties"] = false,
        },
    };

    private static JsonNode Patch() => new JsonObject
    {
        ["type"] = "custom",
        ["name"] = "apply_patch",
        ["description"] = Prose(200),
        ["format"] = new JsonObject { ["type"] = "grammar", ["syntax"] = "lark", ["definition"] = "start: \"*** Begin Patch\" LF line+ \"*** End Patch\" LF?\nline: /[^\\n]*/ LF\n%import common.LF\n" },
    };

    private static string Prose(int length)
    {
        const string sentence = "Read the file before you change it, and say in one line what you did and why it was \"needed\".\n";
        return string.Concat(Enumerable.Repeat(sentence, (length / sentence.Length) + 1))[..length];
    }
}
