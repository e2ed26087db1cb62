using System.Collections.Immutable;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Gateway.Proxy;

/// <summary>Finds out what an error answer of a backend means and says it in a sentence.</summary>
public static class UpstreamFailure
{
    private static readonly ImmutableArray<string> ContextWords =
    [
        "context_length_exceeded", "maximum context length", "context window", "context length", "context size",
        "exceed_context_size", "prompt is too long", "too many tokens", "input is too long", "reduce the length",
    ];

    private static readonly ImmutableArray<string> QuotaWords =
        ["insufficient_quota", "quota exceeded", "exceeded your current quota", "insufficient credit", "insufficient balance", "billing", "out of credits"];

    private static readonly ImmutableArray<string> LoadingWords =
        ["loading model", "model is loading", "currently loading", "still loading", "model is cold", "scaled to zero", "warming up"];

    private static readonly ImmutableArray<string> NoModelWords =
        ["model_not_found", "model not found", "unknown model", "no such model", "model does not exist"];

    /// <param name="status">The HTTP status, or one that the error object itself named; null when there is none.</param>
    /// <param name="keySent">Whatever the backend repeats of it is blotted out.</param>
    public static Failure Explain(
        Provider provider, string model, int? status, ErrorReading error, TimeSpan? retryAfter, string? keySent)
    {
        var told = Blot(error.Message, keySent);
        var kind = KindOf(provider.Dialect, status, error);
        var message = Sentence(provider, model, kind, status, told);
        return new Failure(kind, status ?? StatusCodes.Status502BadGateway, message)
        {
            Code = kind is FailureKind.InvalidRequest ? error.Code : null,
            Param = kind is FailureKind.InvalidRequest ? error.Param : null,
            // A model that loads rarely says how long; this is about when asking again begins to make sense.
            RetryAfter = retryAfter ?? (kind == FailureKind.Cold ? TimeSpan.FromSeconds(5) : null),
        };
    }

    /// <summary>The same for an error that came as the first thing inside a stream.</summary>
    public static Failure Explain(Provider provider, string model, ResponseError error, string? keySent) =>
        Explain(provider, model, status: null, new ErrorReading(error.Message, error.Code, error.Type, error.Param), retryAfter: null, keySent);

    internal static FailureKind KindOf(Dialect dialect, int? status, ErrorReading error)
    {
        foreach (var sign in dialect.FaultSigns)
        {
            if ((sign.Status is null || sign.Status == status) && Mentions(error, sign.Text))
                return KindOf(sign.Meaning);
        }

        var code = status ?? (int.TryParse(error.Code, out var number) && number is >= 400 and < 600 ? number : null);
        return code switch
        {
            401 or 403 => MentionsAny(error, QuotaWords) ? FailureKind.NoQuota : FailureKind.WrongKey,
            402 => FailureKind.NoQuota,
            404 => FailureKind.UnknownModel,
            408 or 504 or 524 => FailureKind.TimedOut,
            429 => MentionsAny(error, QuotaWords) ? FailureKind.NoQuota : FailureKind.RateLimited,
            >= 400 and < 500 or null when MentionsAny(error, ContextWords) => FailureKind.ContextTooLong,
            500 when MentionsAny(error, ContextWords) => FailureKind.ContextTooLong,
            null when MentionsAny(error, NoModelWords) => FailureKind.UnknownModel,
            null when MentionsAny(error, QuotaWords) => FailureKind.NoQuota,
            null when Mentions(error, "rate_limit") => FailureKind.RateLimited,
            null when Mentions(error, "invalid_api_key") || Mentions(error, "authentication_error") => FailureKind.WrongKey,
            null when Mentions(error, "invalid_request") => FailureKind.InvalidRequest,
            400 when MentionsAny(error, LoadingWords) => FailureKind.Cold,
            >= 400 and < 500 => FailureKind.InvalidRequest,
            503 or null when MentionsAny(error, LoadingWords) => FailureKind.Cold,
            _ => FailureKind.BackendError,
        };
    }

    private static FailureKind KindOf(FaultMeaning meaning) => meaning switch
    {
        FaultMeaning.Cold => FailureKind.Cold,
        FaultMeaning.ContextTooLong => FailureKind.ContextTooLong,
        FaultMeaning.WrongKey => FailureKind.WrongKey,
        FaultMeaning.NoQuota => FailureKind.NoQuota,
        FaultMeaning.UnknownModel => FailureKind.UnknownModel,
        _ => throw new ArgumentOutOfRangeException(nameof(meaning), meaning, message: null),
    };

    private static string Sentence(Provider provider, string model, FailureKind kind, int? status, string told)
    {
        var answered = status is { } number ? $"answered {number}" : "answered with an error";
        var quoted = told.Length == 0 ? "" : $": {told}";
        return kind switch
        {
            FailureKind.WrongKey => $"Provider '{provider.Name}' {answered}{Stop(quoted)} {KeyAdvice(provider.Key)}",
            FailureKind.UnknownModel => $"Provider '{provider.Name}' does not have the model '{model}' ({answered}{quoted}).",
            FailureKind.ContextTooLong => $"The conversation is too long for '{model}' at provider '{provider.Name}'{Stop(quoted)}",
            FailureKind.NoQuota => $"Provider '{provider.Name}' has no quota or credit left for this key{Stop(quoted)}",
            FailureKind.RateLimited => $"Provider '{provider.Name}' limits the rate of requests{Stop(quoted)}",
            FailureKind.Cold => $"Provider '{provider.Name}' is still loading '{model}'{Stop(quoted)}",
            _ => $"Provider '{provider.Name}' {answered}{Stop(quoted)}",
        };
    }

    private static string KeyAdvice(KeySource key) => key switch
    {
        KeySource.EnvironmentVariable variable => $"It refuses the key in {variable.Name}; set a valid one and restart the gateway.",
        KeySource.ClientBearer => "It refuses the key the client sent, or wants one; give the client a valid key or set ApiKeyEnv for this provider.",
        KeySource.NoKey => "It wants a key and none is configured; set ApiKeyEnv for this provider.",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, message: null),
    };

    private static string Stop(string text) => text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : text + ".";

    private static string Blot(string text, string? key) =>
        key is { Length: >= 4 } ? text.Replace(key, "[key]", StringComparison.Ordinal) : text;

    private static bool MentionsAny(ErrorReading error, ImmutableArray<string> words)
    {
        foreach (var word in words)
        {
            if (Mentions(error, word))
                return true;
        }

        return false;
    }

    private static bool Mentions(ErrorReading error, string text) =>
        error.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (error.Code?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)
        || (error.Type?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false);
}
