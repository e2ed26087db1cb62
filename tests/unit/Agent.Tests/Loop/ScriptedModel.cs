using System.Net;
using System.Text;
using System.Text.Json;

namespace Codex.Agent.Tests.Loop;

/// <summary>Answers requests from a queue, and keeps what was asked.</summary>
internal sealed class ScriptedModel : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    public List<string> Bodies { get; } = [];

    public ScriptedModel Say(string text) => Items(Message(text));

    public ScriptedModel Call(string name, string arguments, string id = "call_1") => Items(FunctionCall(name, arguments, id));

    /// <param name="items">JSON of the items of one answer.</param>
    public ScriptedModel Items(params string[] items) => Raw(Stream([.. items.Select(Done), Completed()]));

    public ScriptedModel Raw(string stream)
    {
        _answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(stream, Encoding.UTF8, "text/event-stream") });
        return this;
    }

    public ScriptedModel Status(int status, string body)
    {
        _answers.Enqueue(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        return this;
    }

    public ScriptedModel Refuse()
    {
        _answers.Enqueue(() => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)));
        return this;
    }

    public static string Message(string text) => $$"""{"type":"message","role":"assistant","content":[{"type":"output_text","text":{{JsonSerializer.Serialize(text)}}}]}""";

    public static string FunctionCall(string name, string arguments, string id) =>
        $$"""{"type":"function_call","name":"{{name}}","arguments":{{JsonSerializer.Serialize(arguments)}},"call_id":"{{id}}"}""";

    public static string Done(string item) => $$"""{"type":"response.output_item.done","item":{{item}}}""";

    public static string Completed(int input = 100, int output = 10) =>
        """{"type":"response.completed","response":{"id":"r","usage":{"input_tokens":IN,"output_tokens":OUT,"total_tokens":0}}}"""
            .Replace("IN", $"{input}", StringComparison.Ordinal).Replace("OUT", $"{output}", StringComparison.Ordinal);

    public static string Incomplete(string reason = "max_output_tokens") =>
        """{"type":"response.incomplete","response":{"incomplete_details":{"reason":"REASON"}}}""".Replace("REASON", reason, StringComparison.Ordinal);

    public static string Failed(string code, string message) =>
        """{"type":"response.failed","response":{"error":{"code":"CODE","message":"WORDS"}}}"""
            .Replace("CODE", code, StringComparison.Ordinal).Replace("WORDS", message, StringComparison.Ordinal);

    public static string Stream(params string[] events) => string.Concat(events.Select(e => $"data: {e}\n\n"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        return _answers.Count > 0 ? _answers.Dequeue()() : throw new InvalidOperationException("No answer is left.");
    }
}
