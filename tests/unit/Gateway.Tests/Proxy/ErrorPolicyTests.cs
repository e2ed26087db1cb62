using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Proxy;

public sealed class ErrorPolicyTests
{
    [Theory]
    [InlineData(FailureKind.InvalidRequest, 400, 400, "invalid_request", "invalid_prompt")]
    [InlineData(FailureKind.InvalidRequest, 413, 413, "invalid_request", "invalid_prompt")]
    [InlineData(FailureKind.UnknownModel, 400, 404, "model_not_found", "invalid_prompt")]
    [InlineData(FailureKind.ContextTooLong, 500, 400, "context_length_exceeded", "context_length_exceeded")]
    [InlineData(FailureKind.WrongKey, 401, 401, "invalid_api_key", "invalid_prompt")]
    [InlineData(FailureKind.WrongKey, 403, 403, "invalid_api_key", "invalid_prompt")]
    [InlineData(FailureKind.WrongKey, 502, 401, "invalid_api_key", "invalid_prompt")]
    [InlineData(FailureKind.NoQuota, 402, 402, "insufficient_quota", "invalid_prompt")]
    [InlineData(FailureKind.NoQuota, 502, 402, "insufficient_quota", "invalid_prompt")]
    [InlineData(FailureKind.NotPermitted, 401, 401, "permission_denied", "invalid_prompt")]
    [InlineData(FailureKind.NotPermitted, 403, 403, "permission_denied", "invalid_prompt")]
    [InlineData(FailureKind.NotPermitted, 502, 403, "permission_denied", "invalid_prompt")]
    [InlineData(FailureKind.RateLimited, 429, 429, "rate_limit_exceeded", "rate_limit_exceeded")]
    [InlineData(FailureKind.Cold, 400, 503, "model_loading", "rate_limit_exceeded")]
    [InlineData(FailureKind.BackendError, 500, 502, "upstream_error", "invalid_prompt")]
    [InlineData(FailureKind.BackendError, 503, 503, "upstream_error", "invalid_prompt")]
    [InlineData(FailureKind.BackendError, 529, 503, "upstream_error", "invalid_prompt")]
    [InlineData(FailureKind.Unreachable, 502, 502, "upstream_unreachable", "invalid_prompt")]
    [InlineData(FailureKind.TimedOut, 504, 504, "upstream_timeout", "invalid_prompt")]
    [InlineData(FailureKind.Internal, 500, 500, "internal_error", "invalid_prompt")]
    public void Every_failure_has_a_status_for_others_and_a_code_that_codex_shows(FailureKind kind, int upstream, int status, string code, string codexCode)
    {
        var failure = new Failure(kind, upstream, "Words.");

        var other = ErrorPolicy.Decide(failure, ClientKind.Other, wantsEvents: true);
        var codex = ErrorPolicy.Decide(failure, ClientKind.Codex, wantsEvents: true);
        var codexWithoutStream = ErrorPolicy.Decide(failure, ClientKind.Codex, wantsEvents: false);

        (other.Status, other.Error.Code, other.AsEvents, other.Error.Message).ShouldBe((status, code, false, "Words."));
        (codex.Status, codex.Error.Code, codex.AsEvents, codex.Error.Message).ShouldBe(
            (200, codexCode, true, codexCode == "rate_limit_exceeded" ? "Words. Please try again in 5 s." : "Words."));
        (codexWithoutStream.Status, codexWithoutStream.Error.Code, codexWithoutStream.AsEvents).ShouldBe((400, codexCode, false));
    }

    [Fact]
    public void Every_kind_is_in_the_table()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
            ErrorPolicy.Decide(new Failure(kind, 500, ""), ClientKind.Codex, wantsEvents: true).Error.Code.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_delay_that_codex_would_find_in_the_backends_words_is_told_once_and_as_it_is_now()
    {
        var failure = new Failure(FailureKind.RateLimited, 429, "Please try again in 1.2s.") { RetryAfter = TimeSpan.FromSeconds(1.2) };

        ErrorPolicy.Decide(failure, ClientKind.Codex, wantsEvents: true).Error.Message.ShouldBe("Please try again in 2 s.");
        ErrorPolicy.Decide(failure with { Message = "Please try again in 6m0s." }, ClientKind.Codex, wantsEvents: true)
            .Error.Message.ShouldBe("Please try again in 6m0s. Please try again in 2 s.");
    }

    [Theory]
    [InlineData(0.2, "Slow down. Please try again in 1 s.")]
    [InlineData(20, "Slow down. Please try again in 20 s.")]
    [InlineData(29.5, "Slow down. Please try again in 30 s.")]
    public void Codex_reads_the_delay_from_the_words_and_others_from_the_header(double seconds, string message)
    {
        var failure = new Failure(FailureKind.RateLimited, 429, "Slow down.") { RetryAfter = TimeSpan.FromSeconds(seconds) };

        ErrorPolicy.Decide(failure, ClientKind.Codex, wantsEvents: true).Error.Message.ShouldBe(message);
        var other = ErrorPolicy.Decide(failure, ClientKind.Other, wantsEvents: true);
        (other.Error.Message, other.RetryAfter).ShouldBe(("Slow down.", failure.RetryAfter));
    }
}
