using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Codex.Bench.Micro;

/// <summary>Chat answers of the size and shape that common servers send: one JSON object of about 230 bytes for each token.</summary>
internal static class ChatStreams
{
    /// <summary>Chunks that carry something; the opening, the finish reason, usage and <c>[DONE]</c> come on top.</summary>
    public const int Chunks = 200;

    private static readonly string[] Words =
        [" The", " collector", " walks", " the", " graph", " of", " objects", ",", " marks", " what", " it", " reaches", " and", " frees", " the", " rest", ".", "\n", " größer", " \"quoted\""];

    /// <summary>One array for each chunk, as a server that sends every token at once would be read.</summary>
    public static byte[][] Create(string kind) => kind switch
    {
        "text" => Stream(i => $$"""{"content":{{Quoted(Words[i % Words.Length])}}}""", "stop"),
        "reasoning" => Stream(i => $$"""{"reasoning_content":{{Quoted(Words[i % Words.Length])}}}""", "stop"),
        "tool call" => Stream(i => ToolCall(i, "shell", """{"command":["bash","-lc","sed -n 1,200p src/Program.cs && grep -rn ~ src | head"],"workdir":"src","timeout_ms":10000}"""), "tool_calls"),
        "custom tool" => Stream(i => ToolCall(i, "apply_patch", """{"input":"*** Begin Patch\n*** Update File: src/Program.cs\n@@ static void Main()\n-    Run(\"old\");\n+    Run(\"~\");\n*** End Patch\n"}"""), "tool_calls"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static byte[][] Stream(Func<int, string> delta, string finish) =>
    [
        Event(Choice("""{"role":"assistant","content":""}""", "null")),
        .. Enumerable.Range(0, Chunks).Select(i => Event(Choice(delta(i), "null"))),
        Event(Choice("{}", Quoted(finish))),
        Event("\"choices\":[],\"usage\":{\"prompt_tokens\":1200,\"total_tokens\":1400,\"completion_tokens\":200,\"prompt_tokens_details\":{\"cached_tokens\":1024}}"),
        [.. "data: [DONE]\n\n"u8],
    ];

    /// <summary>The arguments in 200 pieces; where the tilde stands, they are as long as that takes.</summary>
    private static string ToolCall(int chunk, string name, string arguments)
    {
        var whole = arguments.Replace("~", string.Concat(Enumerable.Repeat("some more of it, ", 50)), StringComparison.Ordinal);
        var size = whole.Length / Chunks;
        var piece = chunk == Chunks - 1 ? whole[(chunk * size)..] : whole.Substring(chunk * size, size);
        var head = chunk == 0
            ? $$"""
                "id":"call_6b1f0a2c9d3e4f58","type":"function","function":{"name":"{{name}}","arguments":
                """
            : "\"function\":{\"arguments\":";
        return "{\"tool_calls\":[{\"index\":0," + head + Quoted(piece) + "}}]}";
    }

    private static string Choice(string delta, string finish) =>
        "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + ",\"token_ids\":null}]";

    private static byte[] Event(string rest) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"data: {{\"id\":\"chatcmpl-5f0c9a3e7b1d4f6c8a2e0d9b7c5a3f1e\",\"object\":\"chat.completion.chunk\",\"created\":1763600000,\"model\":\"some-org/some-model-30b\",{rest}}}\n\n"));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Codex.Translation.WireJson.Options.Encoder)}\"";
}
