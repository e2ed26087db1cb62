using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>
/// What an upstream does for one request, in order. After the last step the response ends cleanly:
/// a stream that stops early without <see cref="ScriptStep.Abort"/> is a clean end of file.
/// </summary>
public sealed record ChatScript(ImmutableArray<ScriptStep> Steps)
{
    public const string EventStream = "text/event-stream";
    public const string JsonType = "application/json";

    /// <summary>One status, one body, one write.</summary>
    public static ChatScript Body(int status, string body, string contentType = JsonType) => new(
    [
        Head(status, contentType),
        new ScriptStep.Write(Encoding.UTF8.GetBytes(body)),
        new ScriptStep.Flush(),
    ]);

    /// <summary>An error in the shape OpenAI documents: <c>{"error":{"message","type","param","code"}}</c>.</summary>
    public static ChatScript Error(int status, string message, string type, string? code = null, string? param = null) =>
        Body(status, ChatJson.Error(message, type, code, param));

    /// <summary>HTTP 429 with <c>Retry-After</c> in whole seconds.</summary>
    public static ChatScript RateLimited(int retryAfterSeconds) =>
        Error(429, $"Rate limit reached. Please try again in {retryAfterSeconds}s.", "rate_limit_error", "rate_limit_exceeded")
            .WithHeader("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>HTTP 503 as a backend answers while its model loads.</summary>
    public static ChatScript Loading(string message = "Loading model") =>
        Body(503, $$$"""{"error":{"code":503,"message":{{{ChatJson.Quote(message)}}},"type":"unavailable_error"}}""");

    /// <summary>The request is taken and the connection broken before any byte of an answer.</summary>
    public static ChatScript Refuse() => new([new ScriptStep.Abort()]);

    /// <summary>The request is taken and nothing is ever answered.</summary>
    public static ChatScript Silence() => new([new ScriptStep.Hang()]);

    public static ScriptStep.SendHead Head(int status, string contentType) =>
        new(status, [new("Content-Type", contentType)]);

    /// <summary>All body bytes the script writes, joined.</summary>
    public byte[] BodyBytes() =>
        [.. Steps.OfType<ScriptStep.Write>().SelectMany(write => write.Bytes.ToArray())];

    public string BodyText() => Encoding.UTF8.GetString(BodyBytes());

    /// <summary>The sum of all pauses: what the answer takes at least.</summary>
    public TimeSpan TotalPause() =>
        Steps.OfType<ScriptStep.Pause>().Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Duration);

    /// <summary>Adds a header, or replaces the one of that name.</summary>
    public ChatScript WithHeader(string name, string value) => new(
    [
        .. Steps.Select(step => step is ScriptStep.SendHead head
            ? head with
            {
                Headers =
                [
                    .. head.Headers.Where(header => !string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)),
                    new(name, value),
                ],
            }
            : step),
    ]);

    public ChatScript WithStatus(int status) =>
        new([.. Steps.Select(step => step is ScriptStep.SendHead head ? head with { Status = status } : step)]);

    /// <summary>For bodies that travel under the wrong type: SSE as JSON and the other way round.</summary>
    public ChatScript WithContentType(string contentType) => WithHeader("Content-Type", contentType);

    /// <summary>Withholds the headers for a time, as a backend does that loads a model before it answers.</summary>
    public ChatScript AfterSilence(TimeSpan duration) => new(Steps.Insert(0, new ScriptStep.Pause(duration)));

    /// <summary>Sends the headers at once and then nothing for a time.</summary>
    public ChatScript WithSilenceAfterHead(TimeSpan duration)
    {
        var head = Steps.FirstOrDefault(step => step is ScriptStep.SendHead);
        return head is null
            ? AfterSilence(duration)
            : new(Steps.InsertRange(Steps.IndexOf(head) + 1, new ScriptStep.Flush(), new ScriptStep.Pause(duration)));
    }
}
