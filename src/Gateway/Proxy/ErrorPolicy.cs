using System.Globalization;
using System.Text.RegularExpressions;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>What a client hears of a failure.</summary>
/// <param name="AsEvents">HTTP 200 with <c>response.created</c> and <c>response.failed</c> instead of an HTTP error.</param>
public sealed record FailureAnswer(int Status, ResponseError Error, bool AsEvents, TimeSpan? RetryAfter);

/// <summary>One table from failure and kind of client to the answer.</summary>
public static partial class ErrorPolicy
{
    /// <summary>Not registered, but what some hosts answer when they are overloaded.</summary>
    private const int Overloaded = 529;

    /// <summary>
    /// For Codex where nobody says how long to wait. Left alone it asks again five times within six seconds, each time
    /// as often as this gateway tries: more of what the backend has just limited.
    /// </summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(5);

    public static FailureAnswer Decide(Failure failure, ClientKind client, bool wantsEvents)
    {
        var row = RowOf(failure.Kind);
        var error = new ResponseError(failure.Code ?? row.Code, failure.Message, row.Type, failure.Param);
        if (client == ClientKind.Other)
            return new FailureAnswer(StatusOf(failure), error, AsEvents: false, failure.RetryAfter);

        // Codex shows our words, once, only for these codes inside a stream, or as HTTP 400 (codex-wire, error mapping).
        var forCodex = error with { Code = row.CodexCode, Message = WithDelay(failure, row.CodexCode) };
        return new FailureAnswer(
            wantsEvents ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, forCodex, wantsEvents, RetryAfter: null);
    }

    private static (string Code, string Type, string CodexCode) RowOf(FailureKind kind) => kind switch
    {
        FailureKind.InvalidRequest => ("invalid_request", "invalid_request_error", "invalid_prompt"),
        FailureKind.UnknownModel => ("model_not_found", "invalid_request_error", "invalid_prompt"),
        // Codex offers to compact.
        FailureKind.ContextTooLong => ("context_length_exceeded", "invalid_request_error", "context_length_exceeded"),
        FailureKind.WrongKey => ("invalid_api_key", "authentication_error", "invalid_prompt"),
        FailureKind.NotPermitted => ("permission_denied", "permission_error", "invalid_prompt"),
        // Not Codex's own code for it, which it answers with words of its own about "your plan", whoever is meant.
        FailureKind.NoQuota => ("insufficient_quota", "insufficient_quota", "invalid_prompt"),
        FailureKind.RateLimited => ("rate_limit_exceeded", "rate_limit_error", "rate_limit_exceeded"),
        // The one code after which Codex waits as long as it is told and then asks again.
        FailureKind.Cold => ("model_loading", "server_error", "rate_limit_exceeded"),
        FailureKind.BackendError => ("upstream_error", "server_error", "invalid_prompt"),
        FailureKind.Misdirected => ("upstream_error", "server_error", "invalid_prompt"),
        FailureKind.Unreachable => ("upstream_unreachable", "server_error", "invalid_prompt"),
        FailureKind.TimedOut => ("upstream_timeout", "server_error", "invalid_prompt"),
        // As with a cold model: it makes Codex ask again, and by then the next gateway may be there.
        FailureKind.Stopping => ("gateway_stopping", "server_error", "rate_limit_exceeded"),
        FailureKind.Internal => ("internal_error", "server_error", "invalid_prompt"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static int StatusOf(Failure failure) => failure.Kind switch
    {
        FailureKind.UnknownModel => StatusCodes.Status404NotFound,
        FailureKind.ContextTooLong => StatusCodes.Status400BadRequest,
        FailureKind.WrongKey => failure.Status == StatusCodes.Status403Forbidden ? failure.Status : StatusCodes.Status401Unauthorized,
        FailureKind.NotPermitted => failure.Status == StatusCodes.Status401Unauthorized ? failure.Status : StatusCodes.Status403Forbidden,
        FailureKind.NoQuota => failure.Status is >= 400 and < 500 ? failure.Status : StatusCodes.Status402PaymentRequired,
        FailureKind.RateLimited => StatusCodes.Status429TooManyRequests,
        FailureKind.Cold => StatusCodes.Status503ServiceUnavailable,
        FailureKind.Unreachable => StatusCodes.Status502BadGateway,
        FailureKind.TimedOut => StatusCodes.Status504GatewayTimeout,
        FailureKind.BackendError when failure.Status == Overloaded => StatusCodes.Status503ServiceUnavailable,
        // A 500 would say that this program is broken.
        FailureKind.BackendError when failure.Status is not (StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout) =>
            StatusCodes.Status502BadGateway,
        _ => failure.Status,
    };

    private static string WithDelay(Failure failure, string code)
    {
        if (code != "rate_limit_exceeded")
            return failure.Message;
        var seconds = Math.Max(1, Math.Ceiling((failure.RetryAfter ?? UsualPause).TotalSeconds));
        var asked = string.Create(CultureInfo.InvariantCulture, $"try again in {seconds:0} s");
        // Codex takes the first number it finds, which in the backend's own words may be old by now.
        return CodexDelay().IsMatch(failure.Message) ? CodexDelay().Replace(failure.Message, asked) : $"{failure.Message} Please {asked}.";
    }

    /// <summary>As Codex looks for it (codex-wire, error mapping).</summary>
    [GeneratedRegex("try again in\\s*\\d+(\\.\\d+)?\\s*(s|ms|seconds?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodexDelay();
}
