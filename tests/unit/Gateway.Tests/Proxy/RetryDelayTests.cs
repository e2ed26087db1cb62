using System.Net;
using System.Text;
using Codex.Gateway.Dialects;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Proxy;

public sealed class RetryDelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Please try again in 20s.", 20)]
    [InlineData("Rate limit reached. Please try again in 1.234s. Visit https://x/limits", 1.234)]
    [InlineData("try again in 350ms", 0.35)]
    [InlineData("Please try again in 6m0s.", 360)]
    [InlineData("try again in 1h2m3s", 3723)]
    [InlineData("Try again in 2 minutes and 5 seconds", 125)]
    [InlineData("Please retry after 17 seconds", 17)]
    [InlineData("Retry after: 12", 12)]
    [InlineData("Please retry in 17.3s", 17.3)]
    [InlineData("Retry your request after 3 seconds", 3)]
    [InlineData("please wait 30 seconds before the next request", 30)]
    [InlineData("wait for at least 1 minute", 60)]
    [InlineData("try again in 99999999999 hours", 604800)]
    public void Words_that_ask_to_wait(string message, double seconds) =>
        RetryDelay.InWords(message).ShouldNotBeNull().TotalSeconds.ShouldBe(seconds, 0.001);

    [Theory]
    [InlineData("retried 3 times")]
    [InlineData("try again 5 times")]
    [InlineData("Please try again later.")]
    [InlineData("You sent 20 requests in 3 s")]
    [InlineData("Trying model 7 failed")]
    public void Other_numbers_are_no_delay(string message) => RetryDelay.InWords(message).ShouldBeNull();

    [Theory]
    [InlineData("generic", "Retry-After: 7", "", 7)]
    [InlineData("generic", "Retry-After: 1.5", "", 1.5)]
    [InlineData("generic", "Retry-After: Fri, 20 Nov 2026 12:00:30 GMT", "", 30)]
    [InlineData("generic", "Retry-After: Fri, 20 Nov 2026 11:00:00 GMT", "", -1)]
    [InlineData("generic", "Retry-After: soon", "", -1)]
    [InlineData("generic", "retry-after-ms: 250|Retry-After: 1", "", 0.25)]
    [InlineData("generic", "Retry-After: 7", """{"error":{"message":"try again in 3s","retry_after":9}}""", 7)]
    [InlineData("generic", "", """{"error":{"message":"try again in 3s","retry_after":9}}""", 9)]
    [InlineData("generic", "", """{"retry_after":"4"}""", 4)]
    [InlineData("generic", "", """{"retry_after_ms":1500}""", 1.5)]
    [InlineData("generic", "", """{"error":{"details":[{"x":1},{"@type":"RetryInfo","retryDelay":"17s"}]}}""", 17)]
    [InlineData("generic", "", """{"error":{"message":"Please try again in 3s"}}""", 3)]
    [InlineData("generic", "", """{"retry_after":{"a":1}}""", -1)]
    [InlineData("generic", "", """{"retry_after":1e300}""", 604800)]
    [InlineData("generic", "x-ratelimit-reset-requests: 1s", "", -1)]
    [InlineData("openai", "x-ratelimit-reset-requests: 1s|x-ratelimit-reset-tokens: 6m0s", "", 360)]
    [InlineData("openai", "x-ratelimit-reset-requests: 17ms|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-tokens: 6m0s|x-ratelimit-remaining-tokens: 4000", "", 0.017)]
    [InlineData("groq", "x-ratelimit-reset-tokens: 7.66s|x-ratelimit-remaining-tokens: 0", """{"error":{"message":"try again in 2s"}}""", 2)]
    [InlineData("cerebras", "x-ratelimit-reset-tokens-minute: 11.2|x-ratelimit-remaining-tokens-minute: 0", "", 11.2)]
    [InlineData("openrouter", "X-RateLimit-Reset: 1795176060000|X-RateLimit-Remaining: 0", "", 60)]
    public void The_first_that_says_it_counts(string backend, string headers, string body, double seconds)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
            answer.Headers.TryAddWithoutValidation(header[..header.IndexOf(':')], header[(header.IndexOf(':') + 2)..]);
        var bytes = Encoding.UTF8.GetBytes(body);

        var delay = RetryDelay.Of(answer, bytes, UpstreamErrorBody.Read(bytes, 429).Message, BackendRegistry.For(backend), Now);

        (delay?.TotalSeconds ?? -1).ShouldBe(seconds, 0.001);
    }
}
