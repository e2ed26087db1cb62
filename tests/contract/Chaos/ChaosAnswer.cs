using System.Text;

namespace Codex.Contract.Tests.Chaos;

/// <summary>
/// The answer of one attempt. Every part of it carries the mark <c>[request#attempt]</c>, so that a client sees which
/// attempt it hears, and whether it hears more than one.
/// </summary>
internal sealed class ChaosAnswer
{
    private readonly string _mark;
    private readonly bool _thinks;
    private readonly bool _calls;
    private readonly string[] _words;

    public ChaosAnswer(string id, int attempt, Fate fate)
    {
        _mark = $"[{id}#{attempt}]";
        var random = fate.Of($"answer {_mark}");
        _thinks = random.Next(3) == 0;
        _calls = random.Next(4) == 0;
        // Now and then more than any buffer on the way holds.
        var words = random.Next(40) == 0 ? 4000 : random.Next(1, 60);
        _words = [.. Enumerable.Range(0, words).Select(i => i == 0 ? _mark : words > 1000 ? $" word-{i}-{new string('x', 40)}" : $" w{i}é")];
    }

    public string Text => string.Concat(_words);

    public string? Arguments => _calls ? $$"""{"mark":"{{_mark}}"}""" : null;

    /// <summary>The events of a streamed answer.</summary>
    public IEnumerable<byte[]> Events()
    {
        yield return Chunk("""{"role":"assistant","content":""}""", finish: null);
        if (_thinks)
        {
            yield return Chunk($$"""{"reasoning_content":"{{_mark}} hm"}""", finish: null);
            yield return Chunk("""{"reasoning_content":", let me see"}""", finish: null);
        }

        foreach (var word in _words)
            yield return Chunk($$"""{"content":"{{word}}"}""", finish: null);
        if (_calls)
        {
            yield return Chunk("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look","arguments":""}}]}""", finish: null);
            yield return Chunk($$$"""{"tool_calls":[{"index":0,"function":{"arguments":"{\"mark\":\"{{{_mark}}}\"}"}}]}""", finish: null);
        }

        yield return Chunk("{}", _calls ? "tool_calls" : "stop");
        yield return Encoding.UTF8.GetBytes("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}\n\n");
        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    /// <summary>The answer in one piece.</summary>
    public string Json() =>
        $$$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""";

    private static byte[] Chunk(string delta, string? finish)
    {
        var reason = finish is null ? "null" : $"\"{finish}\"";
        return Encoding.UTF8.GetBytes(
            $$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{reason}}}}]}""" + "\n\n");
    }
}
