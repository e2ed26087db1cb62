using System.Globalization;
using Codex.Gateway.Providers;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Text;

namespace Codex.Gateway.Proxy;

/// <summary>Says in a sentence what an error of a backend means, and whose it is.</summary>
internal static class UpstreamFailure
{
    /// <summary>A backend that loads a model rarely says for how long; this is when asking again begins to make sense.</summary>
    private static readonly TimeSpan LoadingDelay = TimeSpan.FromSeconds(5);

    /// <param name="model">As the client asked for it.</param>
    /// <param name="redaction">For the backend's own words.</param>
    public static Failure Explain(Provider provider, string model, UpstreamFault fault, TimeSpan? retryAfter, Redaction redaction)
    {
        fault = fault with { Message = redaction.Apply(fault.Message) };
        var kind = KindOf(fault, provider.Dialect);
        return new Failure(kind, fault.Status ?? StatusCodes.Status502BadGateway, Sentence(provider, model, kind, fault))
        {
            Cause = fault.Status is { } status
                ? string.Create(CultureInfo.InvariantCulture, $"answered {status}")
                : "answered with an error",
            Code = kind == FailureKind.InvalidRequest && fault.Code is { Length: > 0 } code && !char.IsAsciiDigit(code[0]) ? code : null,
            RetryAfter = retryAfter ?? (kind == FailureKind.Cold ? LoadingDelay : null),
        };
    }

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
            503 when fault.Message.Contains("loading", StringComparison.OrdinalIgnoreCase) => FailureKind.Cold,
            _ => FailureKind.BackendError,
        },
    };

    private static string Sentence(Provider provider, string model, FailureKind kind, UpstreamFault fault)
    {
        var told = fault.Message.Length == 0 ? "." : ": " + Stopped(fault.Message);
        var answered = fault.Status is { } status
            ? string.Create(CultureInfo.InvariantCulture, $"Provider '{provider.Name}' answered {status}{told}")
            : $"Provider '{provider.Name}' answered with an error{told}";
        return kind switch
        {
            FailureKind.WrongKey => $"{answered} {KeyAdvice(provider.Key)}",
            FailureKind.UnknownModel => $"Provider '{provider.Name}' does not serve the model '{model}'{told}",
            FailureKind.ContextTooLong => $"The conversation is too long for the model '{model}' of provider '{provider.Name}'{told}",
            FailureKind.NoQuota => $"Provider '{provider.Name}' has no quota or credit left for this key{told}",
            FailureKind.RateLimited => $"Provider '{provider.Name}' limits the rate of requests{told}",
            FailureKind.Cold => $"Provider '{provider.Name}' is still loading the model '{model}'{told}",
            FailureKind.InvalidRequest when fault.Status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed =>
                $"{answered} Check the provider's base URL; it may have to end in /v1.",
            _ => answered,
        };
    }

    private static string KeyAdvice(KeySource key) => key switch
    {
        KeySource.EnvironmentVariable variable => $"It refuses the key in {variable.Name}; set a valid one and restart the gateway.",
        KeySource.ClientBearer => "It wants a valid key; give one to the client, or set ApiKeyEnv for this provider.",
        KeySource.NoKey => "It wants a key and none is configured; set ApiKeyEnv for this provider.",
        _ => throw new NotSupportedException(key.GetType().Name),
    };

    private static string Stopped(string text) => text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";
}
