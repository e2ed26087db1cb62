using Codex.Translation.Chat;

namespace Codex.Translation.Dialects;

/// <summary>What an error of a backend means, read from its status, its code and its words.</summary>
public static class FaultReading
{
    private static readonly string[] ContextWords =
    [
        "context_length_exceeded", "maximum context length", "context length", "context window", "exceeds the available context size",
        "prompt is too long", "input is too long", "too many tokens", "exceed_context_size", "exceeds the model's maximum",
        "reduce the length",
    ];

    private static readonly string[] QuotaWords =
    [
        "insufficient_quota", "insufficient quota", "insufficient balance", "exceeded your current quota", "out of credit",
        "insufficient credit", "no credit", "billing", "payment required",
    ];

    private static readonly string[] KeyWords =
    [
        "invalid_api_key", "invalid api key", "incorrect api key", "invalid token", "authentication", "unauthorized", "no api key",
        "missing api key", "api key not valid",
    ];

    private static readonly string[] ModelWords = ["model_not_found", "model not found", "does not exist", "no such model", "unknown model"];

    private static readonly string[] RateWords = ["rate_limit", "rate limit", "too many requests"];

    /// <summary>Hosts that scale to zero, gateways before a server that starts, and servers that load.</summary>
    private static readonly string[] ColdWords =
    [
        "loading", "is cold", "cold start", "cold_start", "warming up", "scaled to zero", "scaling up", "scaling_up", "starting up", "not ready",
    ];

    /// <summary>Null when the error says nothing beyond its status.</summary>
    public static FaultMeaning? Read(UpstreamFault fault, Dialect dialect)
    {
        foreach (var sign in dialect.FaultSigns)
        {
            if ((sign.Status is null || sign.Status == fault.Status) && Holds(fault, sign.Text))
                return sign.Meaning;
        }

        // Not with 500: "error loading model" is a load that failed.
        if (fault.Status is 425 or 429 or 503 && HoldsAny(fault, ColdWords))
            return FaultMeaning.Cold;
        if (HoldsAny(fault, ContextWords))
            return FaultMeaning.ContextTooLong;
        if (fault.Status == 402 || HoldsAny(fault, QuotaWords))
            return FaultMeaning.NoQuota;
        if (fault.Status == 429 || HoldsAny(fault, RateWords))
            return FaultMeaning.RateLimited;
        if (fault.Status is 401 or 403 || HoldsAny(fault, KeyWords))
            return FaultMeaning.WrongKey;
        // "model 'x' not found" has the name in the middle.
        if (HoldsAny(fault, ModelWords) || (Holds(fault, "model '") && Holds(fault, "' not found")) || (fault.Status == 404 && Holds(fault, "model")))
            return FaultMeaning.UnknownModel;
        return null;
    }

    /// <summary>The code of the Responses API for an error that came inside a running stream.</summary>
    public static string CodeInStream(UpstreamFault fault, Dialect dialect) => Read(fault, dialect) switch
    {
        FaultMeaning.ContextTooLong => "context_length_exceeded",
        FaultMeaning.NoQuota => "insufficient_quota",
        FaultMeaning.RateLimited => "rate_limit_exceeded",
        FaultMeaning.WrongKey => "invalid_api_key",
        FaultMeaning.UnknownModel => "model_not_found",
        FaultMeaning.Cold or null => "server_error",
        _ => "server_error",
    };

    private static bool HoldsAny(UpstreamFault fault, string[] words) => Array.Exists(words, w => Holds(fault, w));

    private static bool Holds(UpstreamFault fault, string words) =>
        fault.Message.Contains(words, StringComparison.OrdinalIgnoreCase)
        || (fault.Code?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false)
        || (fault.Type?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false);
}
