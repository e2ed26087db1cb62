using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Translation.Tests.Fixtures;

namespace Codex.Contract.Tests.Chaos;

/// <summary>Whether what a client got is a true answer or a true error, and whole.</summary>
internal static partial class AnswerCheck
{
    /// <summary>No 500: that would say that the gateway itself is broken.</summary>
    private static readonly HttpStatusCode[] TrueErrors =
    [
        HttpStatusCode.BadRequest,
        HttpStatusCode.RequestTimeout,
        HttpStatusCode.TooManyRequests,
        HttpStatusCode.BadGateway,
        HttpStatusCode.ServiceUnavailable,
        HttpStatusCode.GatewayTimeout,
    ];

    /// <summary>The attempt whose output stands in an answer; null when there is none.</summary>
    /// <exception cref="InvalidDataException">Output of several attempts, or of another request.</exception>
    public static int? MarkIn(string body, string id)
    {
        var marks = Mark().Matches(body).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();
        if (marks.Count == 0)
            return null;
        if (marks.Count > 1)
            throw new InvalidDataException($"holds output of {string.Join(" and ", marks)}");
        var match = Mark().Match(marks[0]);
        if (match.Groups["id"].Value != id)
            throw new InvalidDataException($"holds output of another request: {marks[0]}");
        return int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture);
    }

    /// <returns>How the request ended, in two words.</returns>
    public static string Check(Manner manner, string id, HttpStatusCode? status, bool isWhole, string body, Fate fate)
    {
        // Bytes that are on their way when the backend breaks off are lost together with the connection, the status among them.
        if (status is null && manner is { SpeaksResponses: false })
            return "passed and cut";
        if (status is null)
            throw new InvalidDataException($"{manner} got no answer at all");
        if (status != HttpStatusCode.OK)
            return CheckError(manner, status.Value, isWhole, body);
        var answer = MarkIn(body, id) is { } attempt ? new ChaosAnswer(id, attempt, fate) : null;
        return manner switch
        {
            { SpeaksResponses: false } => CheckPassed(manner, isWhole, body, answer),
            { Streams: true } => CheckEvents(manner, isWhole, body, answer),
            _ => CheckWhole(isWhole, body, answer),
        };
    }

    private static string CheckError(Manner manner, HttpStatusCode status, bool isWhole, string body)
    {
        isWhole.ShouldBeTrue($"{manner}: an error {status} was cut: {body}");
        // Chat requests pass, and so does the backend's own error.
        if (manner.SpeaksResponses || status != HttpStatusCode.InternalServerError)
            TrueErrors.ShouldContain(status, $"{manner}: {body}");
        if (manner is { IsCodex: true, Streams: true })
            throw new InvalidDataException($"Codex retries HTTP errors and hides their words, and got {status}: {body}");
        if (body.StartsWith('<'))
            return "passed error page";
        using var error = JsonDocument.Parse(body);
        error.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return $"HTTP {(int)status}";
    }

    private static string CheckEvents(Manner manner, bool isWhole, string body, ChaosAnswer? answer)
    {
        isWhole.ShouldBeTrue($"{manner}: a stream of events broke off after: …{body[Math.Max(0, body.Length - 300)..]}");
        var terminal = InvariantChecker.Check(body, withholdsCutItems: manner.IsCodex);
        var response = terminal.Data.GetProperty("response");
        var text = TextOf(response);
        if (terminal.Type == "response.failed")
            answer?.Text.ShouldStartWith(text);
        else
            CheckText(response, text, answer);
        return terminal.Type == "response.failed" && answer is null ? "failed before output" : terminal.Type["response.".Length..];
    }

    private static string CheckWhole(bool isWhole, string body, ChaosAnswer? answer)
    {
        isWhole.ShouldBeTrue("a whole answer was cut");
        using var response = JsonDocument.Parse(body);
        response.RootElement.GetProperty("status").GetString().ShouldBe("completed");
        CheckText(response.RootElement, TextOf(response.RootElement), answer);
        return "completed whole";
    }

    private static void CheckText(JsonElement response, string text, ChaosAnswer? answer)
    {
        answer.ShouldNotBeNull("a success without the backend's answer");
        text.ShouldBe(answer.Text);
        var calls = response.GetProperty("output").EnumerateArray().Where(i => i.GetProperty("type").GetString() == "function_call").ToList();
        calls.Select(c => c.GetProperty("arguments").GetString()).ShouldBe(answer.Arguments is { } arguments ? [arguments] : []);
    }

    /// <summary>What is passed on is as true as the backend: cut where it was cut, and seen to be cut.</summary>
    private static string CheckPassed(Manner manner, bool isWhole, string body, ChaosAnswer? answer)
    {
        if (!isWhole)
            return "passed and cut";
        if (!manner.Streams)
            body.ShouldBe(answer.ShouldNotBeNull().Json());
        else if (!body.Contains("the engine died", StringComparison.Ordinal))
            body.ShouldEndWith("data: [DONE]\n\n", customMessage: "a cut stream looks whole");
        return "passed whole";
    }

    private static string TextOf(JsonElement response) => string.Concat(
        from item in response.GetProperty("output").EnumerateArray()
        where item.GetProperty("type").GetString() == "message"
        from part in item.GetProperty("content").EnumerateArray()
        select part.GetProperty("text").GetString());

    [GeneratedRegex(@"\[(?<id>[a-z0-9-]+)#(?<attempt>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
