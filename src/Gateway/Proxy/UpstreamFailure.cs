using System.Globalization;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy.Inquiry;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Text;

namespace Codex.Gateway.Proxy;

/// <summary>Says in a sentence what an error of a backend means, and whose it is.</summary>
internal static class UpstreamFailure
{
    private const int LongestMessage = 1000;

    /// <summary>A backend that loads a model rarely says for how long; this is when asking again begins to make sense.</summary>
    private static readonly TimeSpan LoadingDelay = TimeSpan.FromSeconds(5);

    private static readonly string[] OverloadWords = ["overloaded", "at capacity", "no capacity", "server busy", "too busy", "high demand"];

    /// <param name="model">As the client asked for it.</param>
    /// <param name="retryAfter">As far as it stands beside the words.</param>
    /// <param name="redaction">For the backend's own words.</param>
    public static Failure Explain(Provider provider, string model, UpstreamFault fault, TimeSpan? retryAfter, Redaction redaction)
    {
        // In this order: a cut could leave a part of a key that is not known for one.
        fault = fault with { Message = Shorten(redaction.Apply(fault.Message)) };
        var kind = KindOf(fault, provider.Dialect);
        var told = fault.Message.Length == 0 ? "." : ": " + Stopped(fault.Message);
        var answer = fault.Status is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"Provider '{provider.Name}' answered {known}{told}")
            : $"Provider '{provider.Name}' answered with an error{told}";
        return new Failure(kind, fault.Status ?? StatusCodes.Status502BadGateway, Sentence(provider, model, kind, fault, answer, told))
        {
            Answer = answer,
            Param = kind == FailureKind.UnknownModel ? "model" : null,
            Answered = fault.Status,
            Cause = fault.Status is { } status
                ? string.Create(CultureInfo.InvariantCulture, $"answered {status}")
                : "answered with an error",
            Code = kind == FailureKind.InvalidRequest && fault.Code is { Length: > 0 } code && !char.IsAsciiDigit(code[0]) ? redaction.Apply(code) : null,
            RetryAfter = Waits(kind) ? retryAfter ?? RetryDelay.InWords(fault.Message) ?? (kind == FailureKind.Cold ? LoadingDelay : null) : null,
        };
    }

    private static bool Waits(FailureKind kind) =>
        kind is FailureKind.RateLimited or FailureKind.BackendError or FailureKind.Cold or FailureKind.NoQuota or FailureKind.TimedOut;

    private static FailureKind KindOf(UpstreamFault fault, Dialect dialect) => FaultReading.Read(fault, dialect) switch
    {
        FaultMeaning.Cold => FailureKind.Cold,
        FaultMeaning.ContextTooLong => FailureKind.ContextTooLong,
        FaultMeaning.WrongKey => FailureKind.WrongKey,
        FaultMeaning.NoQuota => FailureKind.NoQuota,
        FaultMeaning.UnknownModel => FailureKind.UnknownModel,
        FaultMeaning.RateLimited => FailureKind.RateLimited,
        _ => fault.Status switch
        {
            408 or 504 or 524 => FailureKind.TimedOut,
            >= 400 and < 500 => FailureKind.InvalidRequest,
            _ => FailureKind.BackendError,
        },
    };

    private static string Sentence(Provider provider, string model, FailureKind kind, UpstreamFault fault, string answer, string told) => kind switch
    {
        FailureKind.WrongKey => $"{answer} {KeyAdvice.Replace(provider)}",
        FailureKind.UnknownModel => $"Provider '{provider.Name}' does not serve the model '{model}'{told}",
        FailureKind.ContextTooLong => $"The conversation is too long for the model '{model}' of provider '{provider.Name}'{told}",
        FailureKind.NoQuota => $"Provider '{provider.Name}' has no quota or credit left for this key{told}",
        FailureKind.RateLimited => $"Provider '{provider.Name}' limits the rate of requests{told}",
        FailureKind.Cold => $"Provider '{provider.Name}' is still loading the model '{model}'{told}",
        FailureKind.BackendError when IsOverloaded(fault) => $"Provider '{provider.Name}' is overloaded{told}",
        FailureKind.InvalidRequest when fault.Status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed =>
            $"{answer} Check the provider's base URL; it may have to end in /v1.",
        _ => answer,
    };

    private static bool IsOverloaded(UpstreamFault fault) => fault.Status == 529
        || Array.Exists(OverloadWords, w => fault.Message.Contains(w, StringComparison.OrdinalIgnoreCase))
        || (fault.Code ?? fault.Type)?.Contains("overloaded", StringComparison.OrdinalIgnoreCase) == true;

    private static string Stopped(string text) => text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");
}
