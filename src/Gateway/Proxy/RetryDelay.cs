using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Gateway.Dialects;

namespace Codex.Gateway.Proxy;

/// <summary>Reads how long a backend asks to wait: from headers, from fields of its error, or from its words.</summary>
internal static partial class RetryDelay
{
    /// <summary>More than anybody waits; keeps sums within range.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly string[] SecondFields = ["retry_after", "retry_after_seconds", "retryAfter", "retry-after"];

    private static readonly string[] MillisecondFields = ["retry_after_ms", "retryAfterMs"];

    /// <summary>
    /// The first of: <c>Retry-After</c>, a field of the body, the words, the reset of a limit that this backend is
    /// known to send. That one comes last since it tells when all is free again, not when the next request may come.
    /// </summary>
    public static TimeSpan? Of(HttpResponseMessage answer, ReadOnlySpan<byte> body, string message, Backend backend, DateTimeOffset now) =>
        OfHeader(answer.Headers, now)
        ?? OfBody(body)
        ?? InWords(message)
        ?? (answer.StatusCode == HttpStatusCode.TooManyRequests ? OfResets(answer.Headers, backend, now) : null);

    /// <summary>From <c>try again in 20s</c>, <c>in 1m30s</c>, <c>retry after 17 seconds</c> and the like.</summary>
    public static TimeSpan? InWords(string message)
    {
        var match = AskingWords().Match(message);
        return match.Success ? Duration(match.Groups["time"].Value) : null;
    }

    private static TimeSpan? OfHeader(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (One(headers, "retry-after-ms") is { } exact && Number(exact) is { } milliseconds)
            return Seconds(milliseconds / 1000);
        if (One(headers, "Retry-After") is not { } asked)
            return null;
        if (Number(asked) is { } seconds)
            return Seconds(seconds);
        return DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Until(date, now) : Duration(asked);
    }

    private static TimeSpan? OfResets(HttpResponseHeaders headers, Backend backend, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var name in backend.LimitResets)
        {
            var isUsedUp = One(headers, name.Replace("reset", "remaining", StringComparison.Ordinal)) is not { } left || Number(left) is null or 0;
            if (isUsedUp && One(headers, name) is { } reset && Reset(reset, now) is { } wait && (longest is null || wait > longest))
                longest = wait;
        }

        return longest;
    }

    /// <summary>A duration, seconds, or a moment in seconds or milliseconds since 1970.</summary>
    private static TimeSpan? Reset(string text, DateTimeOffset now) => Number(text) switch
    {
        null => Duration(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Until(date, now) : null),
        >= 1e14 => null,
        >= 1e11 and var moment => Until(DateTimeOffset.FromUnixTimeMilliseconds((long)moment), now),
        >= 1e8 and var moment => Until(DateTimeOffset.FromUnixTimeSeconds((long)moment), now),
        { } seconds => Seconds(seconds),
    };

    private static TimeSpan? OfBody(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("etry"u8) < 0)
            return null;
        var reader = new Utf8JsonReader(body);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return OfObject(document.RootElement, depth: 0);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>At the top, in <c>error</c>, and in what it is made of, such as a list of details.</summary>
    private static TimeSpan? OfObject(JsonElement value, int depth)
    {
        if (depth > 4)
            return null;
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select(e => OfObject(e, depth + 1)).FirstOrDefault(found => found is not null);
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var field in value.EnumerateObject())
        {
            var text = field.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? field.Value.ToString() : null;
            var found = text is null ? OfObject(field.Value, depth + 1)
                : SecondFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase) ? (Number(text) is { } seconds ? Seconds(seconds) : Duration(text))
                : MillisecondFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase) ? (Number(text) is { } milliseconds ? Seconds(milliseconds / 1000) : null)
                // Google's RetryInfo: "retryDelay": "17s".
                : field.NameEquals("retryDelay") ? Duration(text)
                : null;
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>One or more numbers with units: <c>350ms</c>, <c>1m30.5s</c>, <c>2 minutes</c>.</summary>
    private static TimeSpan? Duration(string text)
    {
        var seconds = 0.0;
        var parts = Parts().Matches(text);
        foreach (Match part in parts)
        {
            var number = double.Parse(part.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            seconds += number * (part.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "ms" or "millisecond" or "milliseconds" => 0.001,
                "m" or "min" or "mins" or "minute" or "minutes" => 60,
                "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
                "d" or "day" or "days" => 86400,
                _ => 1,
            });
        }

        return parts.Count > 0 ? Seconds(seconds) : null;
    }

    private static TimeSpan? Until(DateTimeOffset moment, DateTimeOffset now) => moment > now ? Seconds((moment - now).TotalSeconds) : null;

    private static TimeSpan? Seconds(double seconds) =>
        seconds > Longest.TotalSeconds ? Longest : seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? One(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString().Trim() : null;

    [GeneratedRegex(
        "\\b((re)?try|wait)(ing)?( again)?( your request| this request)?( in| after| for| at least| another| about|:)*\\s+"
        + "(?<time>(\\d+(\\.\\d+)?\\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|d)(?![a-z])[ ,]*(and )?)+"
        + "|(?<= (in|after|for):? )\\d+(\\.\\d+)?(?=\\s*([.,;)\"']|$)))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AskingWords();

    [GeneratedRegex(
        "(?<number>\\d+(\\.\\d+)?)\\s*(?<unit>ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|d)?(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
